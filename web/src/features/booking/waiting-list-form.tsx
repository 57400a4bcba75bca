import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newAttempt, type VisitModality } from '../../api/scheduling.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { dayStart, isoDay, nextDay } from '../../ui/time.ts';
import styles from './booking.module.css';
import { useScheduling } from './use-scheduling.ts';

interface WaitingListFormProps {
  patientId: string | null;
  serviceId: string;
  practitionerId: string;
  modality: VisitModality;
}

const fourWeeks = 28 * 86_400_000;

/** Nothing is free: be told when something is. Days are the clinic's. */
export function WaitingListForm({ patientId, serviceId, practitionerId, modality }: WaitingListFormProps) {
  const { t } = useTranslation('scheduling');
  const api = useScheduling();
  const time = useClinicTime();
  const queries = useQueryClient();
  const heading = useId();
  const [today] = useState(() => isoDay(time, Date.now()));
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(() => isoDay(time, Date.now() + fourWeeks));
  const [anybody, setAnybody] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const [attempt] = useState(newAttempt);
  const join = useMutation({
    mutationFn: (window: { from: string; to: string }) => {
      const whose = { patientId: patientId ?? undefined, practitionerId: anybody ? undefined : practitionerId };
      return api.joinWaitlist({ ...whose, serviceId, modality, ...window }, `${attempt}-${window.to}-${anybody}`);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['wishes'] }),
  });
  function onJoin() {
    const first = dayStart(time, from);
    const end = dayStart(time, nextDay(to === '' ? today : to));
    const isFit = first !== null && end !== null && to >= from && to >= today;
    setWrong(!isFit);
    if (isFit) join.mutate({ from: first.toISOString(), to: end.toISOString() });
  }
  if (join.isSuccess) {
    return (
      <Notice tone="good" live="status">
        <p>{t('waiting.joined')}</p>
      </Notice>
    );
  }
  return (
    <form
      className={styles['card']}
      aria-labelledby={heading}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onJoin();
      }}
    >
      <h2 id={heading}>{t('waiting.title')}</h2>
      <p>{t('waiting.text')}</p>
      <div className={styles['pair']}>
        <TextInput
          type="date"
          label={t('waiting.from')}
          value={from}
          min={today}
          onChange={({ currentTarget: { value } }) => setFrom(value)}
        />
        <TextInput
          type="date"
          label={t('waiting.to')}
          value={to}
          min={from}
          error={isWrong ? t('waiting.wrongDays') : undefined}
          onChange={({ currentTarget: { value } }) => setTo(value)}
        />
      </div>
      <label className={styles['check']}>
        <input type="checkbox" checked={anybody} onChange={({ currentTarget: { checked } }) => setAnybody(checked)} />
        {t('waiting.anybody')}
      </label>
      {join.error !== null && <Failure error={join.error} />}
      <Button type="submit" loading={join.isPending}>
        {t('waiting.join')}
      </Button>
    </form>
  );
}
