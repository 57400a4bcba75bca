import '../../ui/i18n/documents.ts';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentView } from '../../api/documents.ts';
import { Page } from '../../ui/page.tsx';
import { Patience } from '../../ui/patience.tsx';
import { Link } from '../../ui/router/link.tsx';
import type { Params } from '../../ui/router/match.ts';
import { paths } from '../../ui/router/paths.ts';
import { useUser } from '../auth/use-session.ts';
import { Banner } from './banner.tsx';
import { DiscardDraft } from './discard-draft.tsx';
import { DocumentFailure } from './document-failure.tsx';
import { Editor } from './editor.tsx';
import { CodesList, MadeFacts } from './facts-list.tsx';
import { ReadText } from './read-text.tsx';
import { StateMark } from './state-mark.tsx';
import { useDocument } from './use-documents.ts';
import { usePdf } from './use-pdf.ts';
import { VersionsList } from './versions-list.tsx';

function DownloadButton({ document }: { document: DocumentView }) {
  const { t } = useTranslation('documents');
  const pdf = usePdf(document);
  if (document.state !== 'confirmed') return null;
  return (
    <div className="stack">
      <div>
        <Button size="md" loading={pdf.isPending} onClick={() => pdf.mutate(undefined)}>
          {t('pdf')}
        </Button>
      </div>
      {pdf.error !== null && <DocumentFailure error={pdf.error} />}
    </div>
  );
}

function About({ document, onLoadNewest }: { document: DocumentView; onLoadNewest: () => void }) {
  const { t } = useTranslation('documents');
  const { scopes } = useUser();
  const { kind, patientName: patient, practitionerName: doctor, codes, mayEdit } = document;
  const isTreating = mayEdit || scopes.includes('documents:read-all') || scopes.includes('documents:write');
  return (
    <div className="stack">
      <p>
        {t('about', { kind: t(`kind.${kind}`), patient })} {t('by', { doctor })} <StateMark state={document.state} />
      </p>
      <Banner document={document} />
      <DownloadButton document={document} />
      {mayEdit && document.confirmation === null && <DiscardDraft document={document} onBack={onLoadNewest} />}
      {mayEdit ? <Editor document={document} onLoadNewest={onLoadNewest} /> : <ReadText payload={document.payload} />}
      {(codes.length > 0 || isTreating) && <CodesList codes={codes} />}
      {isTreating && <VersionsList document={document} />}
      {isTreating && <MadeFacts document={document} />}
    </div>
  );
}

/** One document: for who answers for it to edit and confirm, for everybody else to read. */
export function DocumentPage({ params }: { params: Params }) {
  const { t } = useTranslation('documents');
  const { data, error, refetch } = useDocument(params['documentId'] ?? '');
  const [loads, setLoads] = useState(0);
  const title = data?.payload['title'];
  return (
    <Page title={typeof title === 'string' ? title : t('title')}>
      <div className="stack">
        <Link to={paths.documents}>{t('all')}</Link>
        {data === undefined && error === null && <Patience text={t('loadingOne')} onRetry={() => void refetch()} />}
        {data === undefined && error !== null && <DocumentFailure error={error} onRetry={() => void refetch()} />}
        {data !== undefined && (
          <About
            key={`${data.id} ${loads}`}
            document={data}
            onLoadNewest={() => void refetch().then(() => setLoads((count) => count + 1))}
          />
        )}
      </div>
    </Page>
  );
}
