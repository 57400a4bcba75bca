import '../../ui/i18n/scheduling.ts';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import type { Appointment, SlotView } from '../../api/scheduling.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { useGo } from '../../ui/router/router.tsx';
import { missedTime } from './confirm-step.tsx';
import { SlotPicker } from './slot-picker.tsx';
import { useAppointment, useKeepAppointment } from './use-appointment.ts';
import { useTimeWords } from './use-own-time.ts';
import { useScheduling } from './use-scheduling.ts';

function Mover({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation('scheduling');
  const api = useScheduling();
  const go = useGo();
  const keep = useKeepAppointment();
  const queries = useQueryClient();
  const words = useTimeWords();
  const [chosen, setChosen] = useState<SlotView | null>(null);
  const { id, version, serviceId, practitionerId, modality } = appointment;
  const move = useMutation({
    mutationFn: ({ startsAt, locationId }: SlotView) =>
      api.move(id, {
        startsAt,
        version,
        locationId: modality === 'in_person' ? (locationId ?? undefined) : undefined,
      }),
    onSuccess(moved) {
      keep(moved);
      go(paths.appointment(id), { replace: true, intent: 'moved' });
    },
    onError(error) {
      if (missedTime(error) !== null) setChosen(null);
      void queries.invalidateQueries({ queryKey: ['slots'] });
      if (error instanceof ApiError && error.code === 'CONFLICT') {
        void queries.invalidateQueries({ queryKey: ['appointment', id] });
      }
    },
  });
  const missed = missedTime(move.error);
  const when = chosen === null ? '' : words(chosen.startsAt).own;
  return (
    <div className="stack">
      {missed !== null && (
        <Notice tone="warning" live="alert" title={t(`book.${missed}`)}>
          <p>{t('appointment.moveLead', { when: words(appointment.startsAt).own })}</p>
        </Notice>
      )}
      <SlotPicker search={{ serviceId, practitionerId, modality }} onChoose={setChosen} />
      <div>
        <Button component={Link} to={paths.appointment(id)} variant="default">
          {t('appointment.moveKeep')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={chosen !== null}
        isBusy={move.isPending}
        title={t('appointment.moveConfirm')}
        yes={t('appointment.moveTo', { when })}
        no={t('book.back')}
        onYes={() => chosen !== null && move.mutate(chosen)}
        onNo={() => {
          setChosen(null);
          move.reset();
        }}
      >
        <p>{t('appointment.moveLead', { when: words(appointment.startsAt).own })}</p>
        {move.error !== null && missed === null && <Failure error={move.error} />}
      </ConfirmDialog>
    </div>
  );
}

/** Another time for the same visit; the old one stays until the new one is confirmed. */
export function MovePage({ params }: { params: Params }) {
  const { t } = useTranslation('scheduling');
  const words = useTimeWords();
  const { data, error, refetch } = useAppointment(params['appointmentId'] ?? '');
  const retry = () => void refetch();
  if (data === undefined) {
    return (
      <Page title={t('appointment.move')}>
        {error === null ? (
          <Patience text={t('appointment.loading')} onRetry={retry} />
        ) : (
          <Failure error={error} onRetry={retry} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={t('appointment.movePage', { doctor: data.practitionerName })}
      lead={t('appointment.moveLead', { when: words(data.startsAt).own })}
    >
      <Mover appointment={data} />
    </Page>
  );
}
