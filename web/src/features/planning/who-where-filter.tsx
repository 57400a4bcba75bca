import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStaffLists } from './use-planning.ts';

interface WhoWhereFilterProps {
  doctor: string | null;
  place: string | null;
  onChange: (part: { doctor?: string | null; place?: string | null }) => void;
}

/** Of one doctor, at one place, or all. */
export function WhoWhereFilter({ doctor, place, onChange }: WhoWhereFilterProps) {
  const { t } = useTranslation('planning');
  const { doctors, places } = useStaffLists();
  return (
    <>
      <NativeSelect
        label={t('filter.doctor')}
        value={doctor ?? ''}
        data={[
          { value: '', label: t('filter.anyDoctor') },
          ...doctors.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget: { value } }) => onChange({ doctor: value || null })}
      />
      <NativeSelect
        label={t('filter.place')}
        value={place ?? ''}
        data={[
          { value: '', label: t('filter.anyPlace') },
          ...places.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget: { value } }) => onChange({ place: value || null })}
      />
    </>
  );
}
