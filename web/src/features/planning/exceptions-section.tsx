import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExceptionView } from '../../api/scheduling.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Patience } from '../../ui/patience.tsx';
import { useUser } from '../auth/use-session.ts';
import booking from '../booking/booking.module.css';
import { useScheduling } from '../booking/use-scheduling.ts';
import { AffectedDialog } from './affected-dialog.tsx';
import { ExceptionForm, exceptionBody } from './exception-form.tsx';
import { dayName } from './hours-words.ts';
import styles from './planning.module.css';
import { useChangeHours, useExceptions } from './use-hours.ts';

function useWhen() {
  const { t } = useTranslation('planning');
  const { locale } = useClinicTime();
  return ({ startsOn, endsOn, startTime, endTime }: ExceptionView): string => {
    const days = { from: dayName(locale, startsOn), to: dayName(locale, endsOn) };
    const isWhole = startTime === '00:00' && endTime === '24:00';
    if (startsOn === endsOn) {
      return isWhole ? days.from : t('hours.dayTimes', { day: days.from, from: startTime, to: endTime });
    }
    return isWhole
      ? t('hours.between', days)
      : t('hours.between', { from: `${days.from} ${startTime}`, to: `${days.to} ${endTime}` });
  };
}

interface ItemProps {
  exception: ExceptionView;
  /** Whether it is theirs to take back. */
  isOwn: boolean;
  onRemove: () => void;
}

function Item({ exception, isOwn, onRemove }: ItemProps) {
  const { t } = useTranslation('planning');
  const when = useWhen()(exception);
  const { kind, practitionerId, reason } = exception;
  const what = t(kind === 'extra' ? 'hours.extra' : practitionerId === null ? 'hours.holiday' : 'hours.leave');
  return (
    <li className={booking['card']}>
      <div className={styles['sectionHead']}>
        <div>
          <strong>{what}</strong> {when}
          {reason !== null && <div className="dimmed">{reason}</div>}
        </div>
        {isOwn && (
          <Button variant="subtle" color="red" aria-label={t('hours.takeBackOf', { what, when })} onClick={onRemove}>
            {t('hours.takeBack')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Leave and extra hours to come. */
export function ExceptionsSection({ practitionerId }: { practitionerId: string }) {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const keepsAll = useUser().scopes.includes('availability:write-all');
  const found = useExceptions(practitionerId);
  const hours = useChangeHours();
  const [open, setOpen] = useState<'leave' | 'extra' | null>(null);
  const exceptions = found.data?.items.toSorted((a, b) => a.startsOn.localeCompare(b.startsOn)) ?? [];
  const retry = () => void found.refetch();
  const remove = ({ id }: ExceptionView) =>
    hours.change({ previews: [{ change: 'delete-exception', id }], apply: () => api.deleteException(id) });
  return (
    <section className="stack" aria-labelledby="exceptions">
      <div className={styles['sectionHead']}>
        <h2 id="exceptions">{t('hours.exceptions')}</h2>
        {open === null && (
          <div className="row">
            <Button onClick={() => setOpen('leave')}>{t('hours.addLeave')}</Button>
            <Button variant="default" onClick={() => setOpen('extra')}>
              {t('hours.addExtra')}
            </Button>
          </div>
        )}
      </div>
      {hours.error !== null && <Failure error={hours.error} />}
      {open !== null && (
        <ExceptionForm
          key={open}
          kind={open}
          isBusy={hours.isBusy}
          onSave={(fields) => {
            const exception = exceptionBody(fields, practitionerId);
            hours.change({
              previews: [{ change: 'create-exception', exception }],
              apply: () => api.createException(exception),
              onDone: () => setOpen(null),
            });
          }}
          onCancel={() => setOpen(null)}
        />
      )}
      {found.error !== null && <Failure error={found.error} onRetry={retry} />}
      {found.isPending && found.error === null && <Patience text={t('hours.loading')} onRetry={retry} />}
      {found.isSuccess && exceptions.length === 0 && (
        <EmptyState title={t('hours.noExceptions')}>{t('hours.noExceptionsText')}</EmptyState>
      )}
      <ul className="plain-list stack">
        {exceptions.map((exception) => (
          <Item
            key={exception.id}
            exception={exception}
            isOwn={keepsAll || exception.practitionerId === practitionerId}
            onRemove={() => remove(exception)}
          />
        ))}
      </ul>
      <AffectedDialog {...hours} />
    </section>
  );
}
