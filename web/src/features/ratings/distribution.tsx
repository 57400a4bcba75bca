import { useTranslation } from 'react-i18next';
import styles from './ratings.module.css';

/** How often each number of stars was given, the most stars first: a bar, and the figure beside it. */
export function Distribution({ stars }: { stars: readonly number[] }) {
  const { t, i18n } = useTranslation('ratings');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  const all = stars.reduce((sum, count) => sum + count, 0);
  const rows = stars.map((given, index) => ({ star: index + 1, given, share: all === 0 ? 0 : given / all }));
  return (
    <dl className={styles['bars']} aria-label={t('distribution')}>
      {rows.toReversed().map(({ star, given, share }) => (
        <div key={star}>
          <dt>{t('star', { count: star })}</dt>
          <dd>
            <svg viewBox="0 0 100 1" preserveAspectRatio="none" className={styles['bar']} aria-hidden>
              <rect width={share * 100} height={1} />
            </svg>
            <span className="numbers">{t('given', { count: given, share: percent.format(share) })}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
