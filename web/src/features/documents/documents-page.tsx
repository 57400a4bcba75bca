import '../../ui/i18n/documents.ts';
import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DocumentState, DocumentSummary } from '../../api/documents.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useAddressFilters } from '../../ui/router/use-address-filters.ts';
import { stamp } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { DocumentFailure } from './document-failure.tsx';
import styles from './documents.module.css';
import { StateMark } from './state-mark.tsx';
import { useDocuments } from './use-documents.ts';

const states = ['draft', 'confirmed', 'expired'] as const satisfies readonly DocumentState[];

function Row({ document, withPatient }: { document: DocumentSummary; withPatient: boolean }) {
  const { t } = useTranslation('documents');
  const time = useClinicTime();
  const { id, kind, title, state, patientName: patient, practitionerName: doctor, confirmedAt, changedAt } = document;
  return (
    <li className={styles['item']}>
      <div className={styles['itemHead']}>
        <Link to={paths.document(id)}>{title}</Link>
        <StateMark state={state} />
      </div>
      <p>
        {withPatient ? t('about', { kind: t(`kind.${kind}`), patient }) : t(`kind.${kind}`)} {t('by', { doctor })}
      </p>
      <p className="dimmed">
        {confirmedAt === null
          ? t('draftedAt', { when: stamp(time, changedAt) })
          : t('confirmedAt', { when: stamp(time, confirmedAt) })}
      </p>
    </li>
  );
}

/** The documents that somebody sees: patients their own confirmed ones, doctors those about their patients. */
export function DocumentsPage() {
  const { t } = useTranslation('documents');
  const user = useUser();
  const mayWrite = user.scopes.includes('documents:write');
  const isWorking = mayWrite || user.scopes.includes('documents:read-all');
  const isOwn = user.patientId !== null && !isWorking;
  const { values, change } = useAddressFilters({ state: /^(draft|confirmed|expired)$/, patient: /^[0-9a-f-]{36}$/ });
  const state = states.find((one) => one === values.state);
  const list = useDocuments({ ...(state && { state }), ...(values.patient !== '' && { patientId: values.patient }) });
  const { items, error, isPending, refetch } = list;
  const retry = () => void refetch();
  const isFiltered = state !== undefined;
  return (
    <Page
      title={t(isOwn ? 'ownTitle' : 'title')}
      lead={t(isOwn ? 'ownLead' : isWorking ? 'lead' : 'insurerLead')}
      actions={
        mayWrite && (
          <Button component={Link} to={paths.newDocument({ patient: values.patient })}>
            {t('new')}
          </Button>
        )
      }
    >
      <section className="stack" aria-labelledby="documents-listed">
        <div className={styles['bar']}>
          <h2 id="documents-listed">{t('listed')}</h2>
          {isWorking && (
            <NativeSelect
              label={t('filter')}
              data={[
                { value: '', label: t('everything') },
                ...states.map((value) => ({ value, label: t(`states.${value}`) })),
              ]}
              value={values.state}
              onChange={({ currentTarget: { value } }) => change({ state: value })}
            />
          )}
        </div>
        {isPending && error === null && <Patience text={t('loading')} onRetry={retry} />}
        {error !== null && <DocumentFailure error={error} onRetry={retry} />}
        {list.isSuccess && items.length === 0 && (
          <EmptyState title={t(isFiltered ? 'emptyFiltered' : 'empty')}>
            {!isFiltered && t(isOwn ? 'emptyOwnText' : 'emptyText')}
          </EmptyState>
        )}
        <ul className="plain-list stack">
          {items.map((document) => (
            <Row key={document.id} document={document} withPatient={!isOwn} />
          ))}
        </ul>
        <MoreButton list={list} />
      </section>
    </Page>
  );
}
