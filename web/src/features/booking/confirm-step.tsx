import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import { type Appointment, type NewBooking, newAttempt } from '../../api/scheduling.ts';
import { Failure } from '../../ui/failure.tsx';
import { useUser } from '../auth/use-session.ts';
import styles from './booking.module.css';
import { CancelRule } from './cancel-rule.tsx';
import { Summary, type SummaryFacts } from './summary.tsx';
import { useScheduling } from './use-scheduling.ts';

/** Why a time that was on the screen cannot be had, or null when something else is wrong. */
export function missedTime(error: unknown): 'taken' | 'notOffered' | null {
  if (!(error instanceof ApiError)) return null;
  if (error.code === 'SLOT_TAKEN') return 'taken';
  return error.code === 'INVALID_INPUT' && error.faults.some(({ path }) => path.endsWith('startsAt'))
    ? 'notOffered'
    : null;
}

interface ConfirmStepProps {
  booking: NewBooking;
  facts: SummaryFacts;
  onBooked: (booked: Appointment) => void;
  onMissed: (why: 'taken' | 'notOffered') => void;
  onBack: () => void;
}

/** Everything once more, what it is about, and the one button. */
export function ConfirmStep({ booking, facts, onBooked, onMissed, onBack }: ConfirmStepProps) {
  const { t } = useTranslation('scheduling');
  const api = useScheduling();
  const queries = useQueryClient();
  const { patientId } = useUser();
  const [reason, setReason] = useState('');
  const [attempt, setAttempt] = useState(newAttempt);
  const book = useMutation({
    mutationFn: () => api.book({ ...booking, reason: reason.trim() === '' ? undefined : reason.trim() }, attempt),
    onSuccess(booked) {
      queries.setQueryData(['appointment', booked.id], booked);
      void queries.invalidateQueries({ queryKey: ['visits'] });
      void queries.invalidateQueries({ queryKey: ['appointments'] });
      onBooked(booked);
    },
    onError(error) {
      // Without an answer the same attempt is sent again, so that it cannot be booked twice.
      if (error instanceof ApiError && error.status > 0 && error.status < 500) setAttempt(newAttempt());
      const missed = missedTime(error);
      if (missed === null) return;
      void queries.invalidateQueries({ queryKey: ['slots'] });
      onMissed(missed);
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        book.mutate();
      }}
    >
      <section className={styles['card']} aria-label={t('book.summary')}>
        <Summary facts={facts} />
      </section>
      <Textarea
        label={t('book.reason')}
        description={t('book.reasonHint')}
        value={reason}
        maxLength={500}
        autosize={false}
        rows={3}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
      {patientId !== null && <CancelRule />}
      {book.error !== null && missedTime(book.error) === null && <Failure error={book.error} />}
      <div className="row">
        <Button type="button" variant="default" size="md" disabled={book.isPending} onClick={onBack}>
          {t('book.back')}
        </Button>
        <Button type="submit" size="md" loading={book.isPending}>
          {t('book.submit')}
        </Button>
      </div>
    </form>
  );
}
