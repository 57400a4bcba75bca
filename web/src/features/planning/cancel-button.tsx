import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment, CancelCode } from '../../api/scheduling.ts';
import { isDoctor } from '../../api/user.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useUser } from '../auth/use-session.ts';
import { useVisitAction } from './use-visit-action.ts';

/** The keys of a record that has to be complete, so that a code added to the server is missed by the compiler. */
function codesOf(codes: Readonly<Record<CancelCode, true>>): readonly CancelCode[] {
  return Object.keys(codes) as CancelCode[];
}

const codes = codesOf({
  pat: true,
  'pat-fb': true,
  'pat-lt': true,
  'pat-mv': true,
  prov: true,
  'prov-pers': true,
  maint: true,
  'oth-err': true,
  'oth-room': true,
  'oth-weath': true,
  other: true,
});

/** Calls a visit off for the clinic: asks once, and why. */
export function CancelButton({ appointment, onDone }: { appointment: Appointment; onDone: () => void }) {
  const { t } = useTranslation('planning');
  const [isOpen, setOpen] = useState(false);
  const [code, setCode] = useState<CancelCode>(isDoctor(useUser()) ? 'prov' : 'pat');
  const [reason, setReason] = useState('');
  const patient = appointment.patientName;
  const cancel = useVisitAction(
    (api, { id, version }) => api.cancel(id, { version, code, ...(reason.trim() !== '' && { reason: reason.trim() }) }),
    (name) => t('visit.cancelDone', { patient: name }),
  );
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setOpen(true)}>
        {t('visit.cancel')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        isGrave
        isBusy={cancel.isPending}
        title={t('visit.cancelTitle', { patient })}
        yes={t('visit.cancelYes')}
        no={t('visit.cancelNo')}
        onYes={() =>
          cancel.mutate(appointment, {
            onSuccess() {
              setOpen(false);
              onDone();
            },
          })
        }
        onNo={() => setOpen(false)}
      >
        <p>{t('visit.cancelText')}</p>
        {cancel.error !== null && <Failure error={cancel.error} />}
        <NativeSelect
          label={t('visit.cancelWhy')}
          value={code}
          data={codes.map((value) => ({ value, label: t(`visit.code.${value}`) }))}
          onChange={({ currentTarget: { value } }) => setCode(codes.find((one) => one === value) ?? 'other')}
        />
        <TextInput
          label={t('visit.cancelNote')}
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
      </ConfirmDialog>
    </>
  );
}
