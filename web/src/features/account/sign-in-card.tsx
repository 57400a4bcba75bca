import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SignIn } from '../../api/account.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { near, stamp } from '../../ui/time.ts';
import styles from './account.module.css';
import { deviceOf } from './device-name.ts';

interface SignInCardProps {
  signIn: SignIn;
  isBusy: boolean;
  onEnd: () => void;
}

/** One device: what it is, when and from where it was used last. */
export function SignInCard({ signIn, isBusy, onEnd }: SignInCardProps) {
  const { t } = useTranslation('account');
  const time = useClinicTime();
  const now = useNow(60_000);
  const { name, isPhone } = deviceOf(signIn.userAgent);
  const program = name ?? t('signIns.unknown');
  const device = isPhone ? t('signIns.onPhone', { program }) : program;
  const when = near(time, signIn.lastUsedAt, now) ?? stamp(time, signIn.lastUsedAt);
  return (
    <section className={styles['card']}>
      <div className={styles['words']}>
        <h2>{device}</h2>
        {signIn.isCurrent && <p>{t('signIns.current')}</p>}
        <p className="dimmed">{t('signIns.used', { when, address: signIn.address })}</p>
        <p className="dimmed">{t('signIns.since', { when: stamp(time, signIn.createdAt) })}</p>
      </div>
      {!signIn.isCurrent && (
        <Button variant="default" loading={isBusy} aria-label={t('signIns.endOne', { device, when })} onClick={onEnd}>
          {t('signIns.end')}
        </Button>
      )}
    </section>
  );
}
