import { TextInput } from '@mantine/core';
import type { Guardian } from '../../api/visit-law.ts';

interface GuardianFieldsProps {
  nameLabel: string;
  relationLabel: string;
  about?: string;
  guardian: Guardian;
  /** What is said beside a field that is empty, once somebody tried to go on. */
  fault: string | null;
  onChange: (guardian: Guardian) => void;
}

/** Who answers for a minor. */
export function GuardianFields({ nameLabel, relationLabel, about, guardian, fault, onChange }: GuardianFieldsProps) {
  const faultOf = (text: string) => (fault !== null && text.trim() === '' ? fault : undefined);
  return (
    <>
      {about !== undefined && <p>{about}</p>}
      <TextInput
        label={nameLabel}
        value={guardian.name}
        error={faultOf(guardian.name)}
        maxLength={200}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => onChange({ ...guardian, name: value })}
      />
      <TextInput
        label={relationLabel}
        value={guardian.relation}
        error={faultOf(guardian.relation)}
        maxLength={100}
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => onChange({ ...guardian, relation: value })}
      />
    </>
  );
}

export const nobody: Guardian = { name: '', relation: '' };

export function isComplete({ name, relation }: Guardian): boolean {
  return name.trim() !== '' && relation.trim() !== '';
}
