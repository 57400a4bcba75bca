import '../../ui/i18n/law.ts';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../api/meetings.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { clock, clockWithZone, duration } from '../../ui/time.ts';
import { useDayWords } from '../visits/use-day-words.ts';

/** When a visit took place and how long it lasted. Nothing for one that did not. */
export function WhenItWas({ meeting: { startedAt, endedAt, durationSeconds } }: { meeting: Meeting }) {
  const { t } = useTranslation('law');
  const { t: common } = useTranslation();
  const time = useClinicTime();
  const { day } = useDayWords(useNow(60_000));
  if (startedAt === null || endedAt === null || durationSeconds === null) return null;
  const when = t('after.when', {
    day: day(startedAt),
    from: clock(time, startedAt),
    to: clockWithZone(time, endedAt),
  });
  return (
    <p>
      {when} {common('visits.lasted', { duration: duration(time, durationSeconds) })}
    </p>
  );
}
