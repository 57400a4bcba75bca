import { useState } from 'react';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { type ClinicTime, clockWithZone, longDay } from '../../ui/time.ts';
import { differs } from './days.ts';

function wordsOf(time: ClinicTime, when: string, now: number): string {
  return `${longDay(time, when, now)}, ${clockWithZone(time, when)}`;
}

/** The zone that this device is in, written as the clinic's times are. */
export function useOwnTime(): ClinicTime {
  const { locale } = useClinicTime();
  const [timeZone] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  return { locale, timeZone };
}

/** An instant as this person says it, and as the clinic does where that is another time of day. */
export function useTimeWords(): (when: string) => { own: string; clinic: string | null } {
  const own = useOwnTime();
  const clinic = useClinicTime();
  const now = useNow(60_000);
  return (when) => ({
    own: wordsOf(own, when, now),
    clinic: differs(own, clinic, when) ? wordsOf(clinic, when, now) : null,
  });
}
