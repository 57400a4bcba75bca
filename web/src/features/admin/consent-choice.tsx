import '../../ui/form/select-styles.ts';
import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicSettings } from '../../api/admin.ts';
import { countryCodes } from './country-codes.ts';

export type LawChoice = Pick<ClinicSettings, 'country' | 'teleconsultationConsent'>;

const rules = ['by_country', 'guideline', 'explicit', 'implied'] as const;

/** Whose law the clinic works under, and how patients agree to be seen by video. */
export function ConsentChoice({ value, onChange }: { value: LawChoice; onChange: (value: LawChoice) => void }) {
  const { t, i18n } = useTranslation('admin');
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
    const known = countryCodes.map((code) => ({ value: code, label: names.of(code) ?? code }));
    return [{ value: 'ZZ', label: t('clinic.countryUnknown') }, ...known];
  }, [t, i18n.language]);
  return (
    <>
      <Select
        searchable
        allowDeselect={false}
        label={t('clinic.country')}
        description={t('clinic.countryAbout')}
        data={countries}
        value={value.country}
        nothingFoundMessage={t('clinic.noCountry')}
        comboboxProps={{ withinPortal: false }}
        onChange={(country) => {
          if (country !== null) onChange({ ...value, country });
        }}
      />
      <Select
        allowDeselect={false}
        label={t('clinic.consent')}
        description={t('clinic.consentAbout')}
        data={rules.map((rule) => ({ value: rule, label: t(`clinic.consentRule.${rule}`) }))}
        value={value.teleconsultationConsent}
        comboboxProps={{ withinPortal: false }}
        onChange={(rule) => {
          const chosen = rules.find((one) => one === rule);
          if (chosen !== undefined) onChange({ ...value, teleconsultationConsent: chosen });
        }}
      />
    </>
  );
}
