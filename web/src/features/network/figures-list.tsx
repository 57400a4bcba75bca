import { useTranslation } from 'react-i18next';
import type { Figures } from '../../call/network-test/verdict.ts';
import styles from './network.module.css';

/** What was measured, for who wants to know or has to tell somebody who helps them. */
export function FiguresList({ figures }: { figures: Figures }) {
  const { t, i18n } = useTranslation('network');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  const known = (value: number | null, words: (value: number) => string) =>
    value === null ? t('figure.unknown') : words(value);
  const kbps = (value: number | null) => known(value, (one) => t('figure.kbps', { value: one }));
  const ms = (value: number | null) => known(value, (one) => t('figure.ms', { value: one }));
  const losses = [figures.lossUp, figures.lossDown].filter((one) => one !== null);
  const rows: [string, string][] = [
    [t('figure.up'), kbps(figures.upKbps)],
    [t('figure.down'), kbps(figures.downKbps)],
    [t('figure.delay'), ms(figures.roundTripMs)],
    [t('figure.loss'), losses.length === 0 ? t('figure.unknown') : percent.format(Math.max(...losses))],
    [t('figure.jitter'), ms(figures.jitterMs)],
    [t('figure.way'), figures.way === null ? t('figure.unknown') : t(`figure.ways.${figures.way}`)],
  ];
  return (
    <details className={styles['details']}>
      <summary>{t('details')}</summary>
      <dl className="numbers">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
