import { TextInput } from '@mantine/core';
import type { ChangeEvent, PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './admin.module.css';
import type { NumberField } from './clinic-form.ts';

interface NumbersGroupProps {
  legend: string;
  names: readonly NumberField[];
  field: (name: NumberField) => {
    name: string;
    value: string;
    error: string | undefined;
    onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  };
  isDisabled: boolean;
}

/** Whole numbers, each with its unit in the label and what it does below. */
export function NumbersGroup({ legend, names, field, isDisabled, children }: PropsWithChildren<NumbersGroupProps>) {
  const { t } = useTranslation('admin');
  return (
    <fieldset className={styles['group']} disabled={isDisabled}>
      <legend>{legend}</legend>
      {names.map((name) => (
        <TextInput
          key={name}
          {...field(name)}
          label={t(`setting.${name}.label`)}
          description={t(`setting.${name}.about`)}
          inputMode="numeric"
          autoComplete="off"
        />
      ))}
      {children}
    </fieldset>
  );
}
