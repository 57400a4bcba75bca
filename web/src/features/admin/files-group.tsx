import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicSettings } from '../../api/admin.ts';
import { Check } from './check.tsx';
import type { NumberField } from './clinic-form.ts';
import { NumbersGroup } from './numbers-group.tsx';

const names = ['uploadRetentionDays'] as const satisfies readonly NumberField[];

interface FilesGroupProps extends Pick<ComponentProps<typeof NumbersGroup>, 'field' | 'isDisabled'> {
  unscannedFiles: ClinicSettings['unscannedFiles'];
  onUnscanned: (unscannedFiles: ClinicSettings['unscannedFiles']) => void;
}

/** How long files are kept, and what becomes of those that nobody has scanned. */
export function FilesGroup({ field, isDisabled, unscannedFiles, onUnscanned }: FilesGroupProps) {
  const { t } = useTranslation('admin');
  return (
    <NumbersGroup legend={t('clinic.files')} names={names} field={field} isDisabled={isDisabled}>
      <Check
        label={t('clinic.unscanned')}
        isOn={unscannedFiles === 'refuse'}
        onChange={(isOn) => onUnscanned(isOn ? 'refuse' : 'allow')}
      >
        {t('clinic.unscannedAbout')}
      </Check>
    </NumbersGroup>
  );
}
