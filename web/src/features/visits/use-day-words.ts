import { useTranslation } from 'react-i18next';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { clockWithZone, isoDay, longDay, near, nextDay } from '../../ui/time.ts';

/** `Today`, `Tomorrow`, or the day; and with the time, the zone, and how near it is. */
export function useDayWords(now: number) {
  const { t } = useTranslation();
  const time = useClinicTime();
  function day(when: string): string {
    const today = isoDay(time, now);
    const that = isoDay(time, when);
    if (that === today) return t('visits.today');
    return that === nextDay(today) ? t('visits.tomorrow') : longDay(time, when, now);
  }
  function dayAndTime(when: string): string {
    const words = { day: day(when), time: clockWithZone(time, when) };
    const distance = near(time, when, now);
    return distance === null ? t('visits.when', words) : t('visits.whenNear', { ...words, near: distance });
  }
  return { day, dayAndTime };
}
