import { useMemo } from 'react';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { type ClinicTime, clockWithZone, longDay } from '../../ui/time.ts';
import { differs } from './days.ts';

/** The zone that this device is in, written as the clinic's times are. */
export function useOwnTime(): ClinicTime {
  const { locale } = useClinicTime();
  return useMemo(() => ({ locale, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }), [locale]);
}

/** An instant as this person says it, and as the clinic does where that is another time of day. */
export function useTimeWords(): (when: string, now: number) => { own: string; clinic: string | null } {
  const own = useOwnTime();
  const clinic = useClinicTime();
  const words = (time: ClinicTime, when: string, now: number) =>
    `${longDay(time, when, now)}, ${clockWithZone(time, when)}`;
  return (when, now) => ({
    own: words(own, when, now),
    clinic: differs(own, clinic, when) ? words(clinic, when, now) : null,
  });
}
