import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { isoDay, stamp } from '../../ui/time.ts';
import type { useChangeHours } from './use-hours.ts';

/** Booked visits lie in what is about to change: which, and whether to go on. They stay booked. */
export function AffectedDialog({ asked, isBusy, goOn, giveUp }: ReturnType<typeof useChangeHours>) {
  const { t } = useTranslation('planning');
  const time = useClinicTime();
  const visits = asked?.affected ?? [];
  const more = (asked?.affectedCount ?? 0) - Math.min(visits.length, 10);
  return (
    <ConfirmDialog
      isOpen={asked !== null}
      isBusy={isBusy}
      title={t('hours.affected', { count: asked?.affectedCount ?? 0 })}
      yes={t('hours.affectedYes')}
      no={t('hours.affectedNo')}
      onYes={goOn}
      onNo={giveUp}
    >
      <p>{t('hours.affectedText')}</p>
      <ul>
        {visits.slice(0, 10).map(({ appointmentId, practitionerId, startsAt }) => (
          <li key={appointmentId}>
            <Link
              to={`${paths.calendar}?${new URLSearchParams({ day: isoDay(time, startsAt), doctor: practitionerId })}`}
            >
              {stamp(time, startsAt)}
            </Link>
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t('hours.affectedMore', { count: more })}</p>}
    </ConfirmDialog>
  );
}
