import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeviceOption } from '../../call/devices.ts';

interface DeviceChoiceProps {
  label: string;
  options: readonly DeviceOption[];
  value: string | null;
  onChange: (id: string) => void;
}

/** Which camera or microphone; nothing where there is no choice. */
export function DeviceChoice({ label, options, value, onChange }: DeviceChoiceProps) {
  const { t } = useTranslation();
  if (options.length < 2) return null;
  const data = options.map((option, index) => ({
    value: option.id,
    label: option.label === '' ? t('check.unnamed', { number: index + 1 }) : option.label,
  }));
  return (
    <NativeSelect
      label={label}
      size="md"
      data={data}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
