import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './assistant.module.css';

/** What to do now, before everything else on the page. */
export function EmergencyCard({ number, text }: { number: string; text: string }) {
  const { t } = useTranslation('assistant');
  return (
    <div className={styles['emergency']}>
      <p className={styles['emergencyTitle']}>{t('emergency.title', { number })}</p>
      <p dir="auto">{text}</p>
      <a className={styles['call']} href={`tel:${number.replaceAll(' ', '')}`}>
        <IconPhone size={24} aria-hidden /> {t('emergency.call', { number })}
      </a>
    </div>
  );
}
