import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Check } from './check.tsx';
import type { NumberField } from './clinic-form.ts';
import { NumbersGroup } from './numbers-group.tsx';

const names = ['documentDraftDays', 'documentConfirmationDays'] as const satisfies readonly NumberField[];

interface DocumentsGroupProps extends Pick<ComponentProps<typeof NumbersGroup>, 'field' | 'isDisabled'> {
  isByModel: boolean;
  onByModel: (isByModel: boolean) => void;
}

/** How long drafts and confirmations of clinical documents hold, and who writes the drafts. */
export function DocumentsGroup({ field, isDisabled, isByModel, onByModel }: DocumentsGroupProps) {
  const { t } = useTranslation('admin');
  return (
    <NumbersGroup legend={t('clinic.documents')} names={names} field={field} isDisabled={isDisabled}>
      <Check label={t('clinic.byModel')} isOn={isByModel} onChange={onByModel}>
        {t('clinic.byModelAbout')}
      </Check>
    </NumbersGroup>
  );
}
