import { useTranslation } from 'react-i18next';
import styles from './ratings.module.css';

/** A rating as stars, and in words for who does not see them. */
export function Stars({ count }: { count: number }) {
  const { t } = useTranslation('ratings');
  return (
    <span className={styles['stars']}>
      <span aria-hidden>
        {'★'.repeat(count)}
        {'☆'.repeat(5 - count)}
      </span>
      <span className="visually-hidden">{t('ofFive', { count })}</span>
    </span>
  );
}
