import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Check } from './check.tsx';
import type { NumberField } from './clinic-form.ts';
import { NumbersGroup } from './numbers-group.tsx';

const names = ['chatRetentionDays', 'chatRecordDays'] as const satisfies readonly NumberField[];

interface ChatGroupProps extends Pick<ComponentProps<typeof NumbersGroup>, 'field' | 'isDisabled'> {
  isByModel: boolean;
  onByModel: (isByModel: boolean) => void;
}

/** How long words with the assistant are kept, and whether a model answers. */
export function ChatGroup({ field, isDisabled, isByModel, onByModel }: ChatGroupProps) {
  const { t } = useTranslation('admin');
  return (
    <NumbersGroup legend={t('clinic.chat')} names={names} field={field} isDisabled={isDisabled}>
      <Check label={t('clinic.assistantByModel')} isOn={isByModel} onChange={onByModel}>
        {t('clinic.assistantByModelAbout')}
      </Check>
    </NumbersGroup>
  );
}
