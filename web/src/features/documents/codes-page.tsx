import '../../ui/i18n/documents.ts';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CdtCode } from '../../api/documents.ts';
import { ApiError } from '../../api/problem.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Patience } from '../../ui/patience.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { AdminPage } from '../admin/admin-page.tsx';
import planning from '../planning/planning.module.css';
import styles from './documents.module.css';
import { useDocumentsApi } from './use-documents.ts';

function useCodesChanged() {
  const queries = useQueryClient();
  return () => {
    for (const name of ['cdt-codes', 'cdt-rules']) void queries.invalidateQueries({ queryKey: [name] });
  };
}

function AddCode() {
  const { t } = useTranslation('documents');
  const api = useDocumentsApi();
  const changed = useCodesChanged();
  const announce = useAnnounce();
  const { values, setValues, form, field, refuse } = useFields({ code: '', description: '' });
  const adding = useMutation({
    mutationFn: api.addCode,
    onSuccess() {
      changed();
      announce(t('cdt.added', { count: 1 }));
      setValues({ code: '', description: '' });
      form.current?.querySelector('input')?.focus();
    },
  });
  const isThere = adding.error instanceof ApiError && adding.error.code === 'ALREADY_EXISTS';
  function submit(event: FormEvent) {
    event.preventDefault();
    const [code, description] = [values.code.trim().toUpperCase(), values.description.trim()];
    const faults = {
      code: /^D\d{4}$/.test(code) ? undefined : t('cdt.codeWrong'),
      description: description === '' ? t('cdt.descriptionMissing') : undefined,
    };
    if (!refuse(faults) && !adding.isPending) adding.mutate({ code, description });
  }
  return (
    <form ref={form} noValidate className={styles['card']} aria-labelledby="add-code" onSubmit={submit}>
      <h2 id="add-code">{t('cdt.addTitle')}</h2>
      <div className={styles['form']}>
        <div className={styles['pair']}>
          <TextInput
            {...field('code')}
            label={t('cdt.code')}
            description={t('cdt.codeAbout')}
            autoComplete="off"
            maxLength={5}
          />
          <TextInput {...field('description')} label={t('cdt.description')} autoComplete="off" maxLength={200} />
        </div>
        {isThere && (
          <Notice tone="bad" live="alert">
            <p>{t('cdt.exists')}</p>
          </Notice>
        )}
        {adding.error !== null && !isThere && <Failure error={adding.error} />}
        <div>
          <Button type="submit" loading={adding.isPending}>
            {t('cdt.add')}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Row({ one }: { one: CdtCode }) {
  const { t } = useTranslation('documents');
  const api = useDocumentsApi();
  const changed = useCodesChanged();
  const announce = useAnnounce();
  const [words, setWords] = useState<string | null>(null);
  const { id, code, description, isActive } = one;
  const change = useMutation({
    mutationFn: (body: { description?: string; isActive?: boolean }) => api.changeCode(id, body),
    onSuccess() {
      changed();
      announce(t('cdt.kept'));
      setWords(null);
    },
  });
  return (
    <tr>
      <th scope="row">{code}</th>
      <td>
        {words === null ? (
          description
        ) : (
          <form
            className="row"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              if (words.trim() !== '') change.mutate({ description: words.trim() });
            }}
          >
            <TextInput
              aria-label={t('cdt.changeOf', { code })}
              value={words}
              maxLength={200}
              error={words.trim() === '' && t('cdt.descriptionMissing')}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- It takes the place of the button that was pressed.
              autoFocus
              onChange={({ currentTarget: { value } }) => setWords(value)}
            />
            <Button type="submit" loading={change.isPending}>
              {t('cdt.save')}
            </Button>
            <Button variant="default" onClick={() => setWords(null)}>
              {t('cdt.cancel')}
            </Button>
          </form>
        )}
      </td>
      <td>{t(isActive ? 'cdt.active' : 'cdt.off')}</td>
      <td>
        <div className="row">
          {words === null && (
            <Button variant="default" aria-label={t('cdt.changeOf', { code })} onClick={() => setWords(description)}>
              {t('cdt.change')}
            </Button>
          )}
          <Button
            variant="subtle"
            loading={change.isPending}
            aria-label={t(isActive ? 'cdt.switchOffOf' : 'cdt.switchOnOf', { code })}
            onClick={() => change.mutate({ isActive: !isActive })}
          >
            {t(isActive ? 'cdt.switchOff' : 'cdt.switchOn')}
          </Button>
        </div>
        {change.error !== null && <Failure error={change.error} />}
      </td>
    </tr>
  );
}

function StarterButton() {
  const { t } = useTranslation('documents');
  const api = useDocumentsApi();
  const changed = useCodesChanged();
  const announce = useAnnounce();
  const adding = useMutation({
    mutationFn: api.addStarterSet,
    onSuccess({ added }) {
      changed();
      announce(t('cdt.added', { count: added }));
    },
  });
  return (
    <div className="stack">
      <div>
        <Button loading={adding.isPending} onClick={() => adding.mutate()}>
          {t('cdt.starter')}
        </Button>
      </div>
      {adding.error !== null && <Failure error={adding.error} />}
    </div>
  );
}

/** The codes by which the clinic bills: entered, said in other words, switched off. */
export function CodesPage() {
  const { t } = useTranslation('documents');
  const api = useDocumentsApi();
  const list = usePages(['cdt-codes'], (cursor, signal) => api.codes(cursor, signal));
  const { items, error, isPending, refetch } = list;
  const retry = () => void refetch();
  return (
    <AdminPage title={t('cdt.codes')} lead={t('cdt.codesLead')}>
      {isPending && error === null && <Patience text={t('cdt.loading')} onRetry={retry} />}
      {error !== null && <Failure error={error} onRetry={retry} />}
      {list.isSuccess && items.length === 0 && (
        <>
          <EmptyState title={t('cdt.noCodes')}>{t('cdt.noCodesText')}</EmptyState>
          <StarterButton />
        </>
      )}
      {items.length > 0 && (
        <ScrollRegion label={t('cdt.table')}>
          <table className={planning['table']}>
            <thead>
              <tr>
                {(['code', 'description', 'state', 'actions'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`cdt.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <Row key={one.id} one={one} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <MoreButton list={list} />
      {list.isSuccess && <AddCode />}
    </AdminPage>
  );
}
