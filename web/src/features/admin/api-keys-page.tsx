import '../../ui/i18n/admin.ts';
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '../../api/admin.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Patience } from '../../ui/patience.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { useUser } from '../auth/use-session.ts';
import { AdminPage } from './admin-page.tsx';
import { ApiKeysTable } from './api-keys-table.tsx';
import { MadeKey } from './made-key.tsx';
import { NewKeyForm } from './new-key-form.tsx';
import { useAdminApi } from './use-admin.ts';

type Shown = { what: 'list' } | { what: 'form' } | { what: 'made'; made: ApiKey & { key: string } };

/** The keys by which services come in. */
export function ApiKeysPage() {
  const { t } = useTranslation('admin');
  const { scopes } = useUser();
  const admin = useAdminApi();
  const queries = useQueryClient();
  const [shown, setShown] = useState<Shown>({ what: 'list' });
  const list = usePages<ApiKey>(['admin', 'api-keys'], admin.apiKeys);
  const retry = () => void list.refetch();
  const mayWrite = scopes.includes('api-keys:write');
  const refresh = () => void queries.invalidateQueries({ queryKey: ['admin', 'api-keys'] });
  return (
    <AdminPage
      title={t('keys.title')}
      lead={t('keys.lead')}
      actions={
        mayWrite && shown.what === 'list' && <Button onClick={() => setShown({ what: 'form' })}>{t('keys.new')}</Button>
      }
    >
      {shown.what === 'form' && (
        <NewKeyForm
          onMade={(made) => {
            refresh();
            setShown({ what: 'made', made });
          }}
          onCancel={() => setShown({ what: 'list' })}
        />
      )}
      {shown.what === 'made' && <MadeKey made={shown.made} onKept={() => setShown({ what: 'list' })} />}
      {list.error !== null && <Failure error={list.error} onRetry={retry} />}
      {list.isPending && list.error === null && <Patience text={t('keys.loading')} onRetry={retry} />}
      {list.isSuccess && list.items.length === 0 && shown.what === 'list' && (
        <EmptyState title={t('keys.none')}>{t('keys.noneText')}</EmptyState>
      )}
      {list.items.length > 0 && <ApiKeysTable apiKeys={list.items} mayRevoke={mayWrite} onRevoked={refresh} />}
      <MoreButton list={list} />
    </AdminPage>
  );
}
