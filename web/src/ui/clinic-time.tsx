import { createContext, type PropsWithChildren, use, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClinicTime } from './time.ts';

const ZoneContext = createContext<{ timeZone: string; locale: string } | null>(null);

/** Gives the pages below the clinic's zone and the locale in which it writes its times. */
export function ClinicTimeProvider({ timeZone, locale, children }: PropsWithChildren<ClinicTime>) {
  return <ZoneContext value={{ timeZone, locale }}>{children}</ZoneContext>;
}

/** The clinic's zone, written in the reader's language: the clinic's own locale when it is of the same language. */
export function useClinicTime(): ClinicTime {
  const zone = use(ZoneContext);
  const { i18n } = useTranslation();
  if (zone === null) throw new Error('There is no ClinicTimeProvider above this.');
  const isSameLanguage = new Intl.Locale(zone.locale).language === new Intl.Locale(i18n.language).language;
  return { timeZone: zone.timeZone, locale: isSameLanguage ? zone.locale : i18n.language };
}

/** The time now, looked at again every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
