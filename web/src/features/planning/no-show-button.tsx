import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment, NoShowSide } from '../../api/scheduling.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useVisitAction } from './use-visit-action.ts';

const sides = ['patient', 'doctor', 'both'] as const satisfies readonly NoShowSide[];

/** Closes a visit to which somebody did not come: asks once, and who. */
export function NoShowButton({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation('planning');
  const [isOpen, setOpen] = useState(false);
  const { patientName: patient, status } = appointment;
  const offered: readonly NoShowSide[] = status === 'arrived' ? ['doctor'] : sides;
  const [chosen, setSide] = useState<NoShowSide>('patient');
  const side = offered.includes(chosen) ? chosen : 'doctor';
  const close = useVisitAction(
    (api, { id, version }) => api.noShow(id, side, version),
    (name) => t('visit.noShowDone', { patient: name }),
  );
  return (
    <>
      <Button variant="subtle" color="red" aria-label={t('visit.noShowOf', { patient })} onClick={() => setOpen(true)}>
        {t('visit.noShow')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        isGrave
        isBusy={close.isPending}
        title={t('visit.noShowTitle')}
        yes={t('visit.noShowYes')}
        no={t('visit.keep')}
        onYes={() => close.mutate(appointment, { onSuccess: () => setOpen(false) })}
        onNo={() => setOpen(false)}
      >
        <p>{t('visit.noShowText', { patient })}</p>
        {close.error !== null && <Failure error={close.error} />}
        <NativeSelect
          aria-label={t('visit.noShowTitle')}
          value={side}
          data={offered.map((value) => ({ value, label: t(`visit.side.${value}`) }))}
          onChange={({ currentTarget: { value } }) => setSide(sides.find((one) => one === value) ?? 'patient')}
        />
      </ConfirmDialog>
    </>
  );
}
