import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exchange } from '../../api/exchanges.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { stamp } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import styles from './exchanges.module.css';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}

/** One question and what became of it. */
export function ExchangeCard({ exchange }: { exchange: Exchange }) {
  const { t } = useTranslation('exchanges');
  const time = useClinicTime();
  const { scopes } = useUser();
  const { at, audience, kind, sign, ask, replaced, tools, model, userId } = exchange;
  const seconds = (exchange.milliseconds / 1_000).toFixed(1);
  const { inputTokens: input, outputTokens: output } = exchange;
  return (
    <article className={styles['exchange']} data-kind={kind}>
      <h2>
        <time dateTime={at}>{stamp(time, at)}</time> · {t(`roles.${audience}`)} · {t(`kinds.${kind}`)}
      </h2>
      <dl className={styles['facts']}>
        <Fact name={t('asked')}>{exchange.askedPreview}</Fact>
        <Fact name={t('answered')}>{exchange.replyPreview === '' ? t('nothing') : exchange.replyPreview}</Fact>
        {/* A word that this page does not know yet is shown as it is. */}
        {sign !== null && <Fact name={t('sign')}>{t(`signs.${sign}` as 'signs.stroke', { defaultValue: sign })}</Fact>}
        {ask !== null && <Fact name={t('ask')}>{t(`asks.${ask}` as 'asks.dose', { defaultValue: ask })}</Fact>}
        {tools.length > 0 && <Fact name={t('tools')}>{tools.join(', ')}</Fact>}
        <Fact name={t('cost')}>
          {model === null ? t('noModel', { seconds }) : t('tokens', { model, input, output, seconds })}{' '}
          {replaced && <strong>{t('replaced')}</strong>}
        </Fact>
        <Fact name={t('who')}>
          {scopes.includes('users:read') ? <Link to={paths.user(userId)}>{t('account')}</Link> : userId}
        </Fact>
      </dl>
    </article>
  );
}
