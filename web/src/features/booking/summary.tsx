import { useTranslation } from 'react-i18next';
import type { VisitModality } from '../../api/scheduling.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import styles from './booking.module.css';
import { money } from './money.ts';
import { useTimeWords } from './use-own-time.ts';

export interface SummaryFacts {
  doctor: string;
  patient: string | null;
  service: string;
  startsAt: string;
  modality: VisitModality;
  place: string | null;
  priceMinor: number;
  currency: string;
}

/** What is booked, or about to be: every fact in its own line. */
export function Summary({ facts }: { facts: SummaryFacts }) {
  const { t } = useTranslation('scheduling');
  const { locale } = useClinicTime();
  const words = useTimeWords()(facts.startsAt);
  const rows: [string, string | null][] = [
    [t('book.patient'), facts.patient],
    [t('book.doctor'), facts.doctor],
    [t('book.whatFor'), facts.service],
    [t('book.time'), words.own],
    [t('book.atClinicTime'), words.clinic],
    [t('book.how'), t(`way.${facts.modality}`)],
    [t('book.where'), facts.modality === 'in_person' ? facts.place : null],
    [t('book.price'), facts.priceMinor === 0 ? t('free') : money(locale, facts.priceMinor, facts.currency)],
  ];
  return (
    <dl className={styles['facts']}>
      {rows.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
