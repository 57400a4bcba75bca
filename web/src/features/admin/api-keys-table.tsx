import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api/admin.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { stamp } from '../../ui/time.ts';
import styles from './admin.module.css';
import { AskedAction } from './asked-action.tsx';
import { useAdminApi } from './use-admin.ts';

interface ApiKeysTableProps {
  apiKeys: readonly ApiKey[];
  mayRevoke: boolean;
  onRevoked: () => void;
}

function stateOf({ revokedAt, expiresAt }: ApiKey, now: number): 'works' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return Date.parse(expiresAt) <= now ? 'expired' : 'works';
}

function Scopes({ scopes }: { scopes: readonly string[] }) {
  const { t } = useTranslation('admin');
  return (
    <details>
      <summary className={styles['nowrap']}>{t('roles.may', { count: scopes.length })}</summary>
      <ul className="plain-list">
        {scopes.map((scope) => (
          <li key={scope} className={styles['code']}>
            {scope}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Row({ apiKey, mayRevoke, onRevoked }: { apiKey: ApiKey } & Omit<ApiKeysTableProps, 'apiKeys'>) {
  const { t } = useTranslation('admin');
  const admin = useAdminApi();
  const announce = useAnnounce();
  const time = useClinicTime();
  const state = stateOf(apiKey, useNow(60_000));
  const { id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt } = apiKey;
  return (
    <tr>
      <th scope="row">
        {name}
        <div className={`dimmed ${styles['code']}`}>{prefix}…</div>
      </th>
      <td>
        <span className={styles['state']} data-off={state === 'works' ? undefined : true}>
          {t(`keys.${state}`)}
        </span>
      </td>
      <td>
        <Scopes scopes={scopes} />
      </td>
      <td className={styles['nowrap']}>
        {lastUsedAt === null ? <span className="dimmed">{t('users.never')}</span> : stamp(time, lastUsedAt)}
      </td>
      <td className={styles['nowrap']}>{stamp(time, expiresAt)}</td>
      <td className={styles['nowrap']}>{stamp(time, createdAt)}</td>
      <td>
        {mayRevoke && state === 'works' && (
          <AskedAction
            button={t('keys.revoke')}
            label={t('keys.revokeOf', { name })}
            title={t('keys.revokeTitle', { name })}
            text={t('keys.revokeText')}
            yes={t('keys.revoke')}
            no={t('user.keep')}
            words={{ FORBIDDEN: t('keys.beyond') }}
            act={() => admin.revokeApiKey(id)}
            onDone={() => {
              announce(t('keys.revokedNow'));
              onRevoked();
            }}
          />
        )}
      </td>
    </tr>
  );
}

export function ApiKeysTable({ apiKeys, ...rest }: ApiKeysTableProps) {
  const { t } = useTranslation('admin');
  return (
    <ScrollRegion label={t('keys.table')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('keys.name')}</th>
            <th scope="col">{t('users.state')}</th>
            <th scope="col">{t('keys.scopes')}</th>
            <th scope="col">{t('keys.lastUsed')}</th>
            <th scope="col">{t('keys.expires')}</th>
            <th scope="col">{t('keys.createdAt')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('user.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {apiKeys.map((apiKey) => (
            <Row key={apiKey.id} apiKey={apiKey} {...rest} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
