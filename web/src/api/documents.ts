/** Clinical documents, and the codes that go with them, over REST, one function a call. */
import type { CdtCode, CdtCodePage, CdtRule, CdtRulePage } from '../../../src/records/cdt/schema.ts';
import type {
  DocumentInput,
  DocumentKind,
  DocumentPage,
  DocumentPayload,
  DocumentQuery,
  DocumentState,
  DocumentSummary,
  DocumentVersions,
  DocumentView,
} from '../../../src/records/documents/schema.ts';
import type { Session } from './session.ts';
import type { Exchange } from './transport.ts';

export type {
  CdtCode,
  CdtRule,
  DocumentKind,
  DocumentPayload,
  DocumentState,
  DocumentSummary,
  DocumentVersions,
  DocumentView,
};
export type NewDocument = Partial<DocumentInput> & Pick<DocumentInput, 'patientId' | 'tier' | 'findings'>;
export type DocumentFilter = Partial<Pick<DocumentQuery, 'patientId' | 'meetingId' | 'kind' | 'state'>>;
export type RuleKey = Pick<CdtRule, 'tier' | 'ageGroup'>;

export type DocumentsApi = ReturnType<typeof createDocumentsApi>;

const one = (id: string, rest = '') => `/documents/${encodeURIComponent(id)}${rest}`;

/** A model may take its time, and the server waits for it no longer than this. */
const patienceMs = 90_000;

/** Cheap to make: it holds nothing. */
export function createDocumentsApi(session: Session) {
  async function json<T>(request: Exchange): Promise<T> {
    return (await (await session.request(request)).json()) as T;
  }
  const post = <T>(path: string, body: unknown) => json<T>({ method: 'POST', path, body });
  return {
    list: (filter: DocumentFilter, cursor: string | undefined, signal?: AbortSignal) =>
      json<DocumentPage>({ path: '/documents', query: { ...filter, limit: 20, cursor }, signal }),
    one: (id: string, signal?: AbortSignal) => json<DocumentView>({ path: one(id), signal }),
    versions: async (id: string, signal?: AbortSignal) =>
      (await json<DocumentVersions>({ path: one(id, '/versions'), signal })).items,
    write: (kind: DocumentKind, body: NewDocument) =>
      json<DocumentView>({
        method: 'POST',
        path: `/documents/${kind.replaceAll('_', '-')}`,
        body,
        patience: patienceMs,
      }),
    edit: (id: string, body: { version: number; payload: DocumentPayload }) =>
      json<DocumentView>({ method: 'PUT', path: one(id), body }),
    confirm: (id: string, body: { version: number; payload: DocumentPayload; notes: string }) =>
      post<DocumentView>(one(id, '/confirm'), body),
    discard: async (id: string, version: number) => {
      await session.request({ method: 'POST', path: one(id, '/discard'), body: { version } });
    },
    pdf: async (id: string, version?: number) =>
      (await session.request({ path: one(id, '/pdf'), query: { version } })).blob(),
    codes: (cursor: string | undefined, signal?: AbortSignal) =>
      json<CdtCodePage>({ path: '/cdt/codes', query: { limit: 200, cursor }, signal }),
    addCode: (body: { code: string; description: string }) => post<CdtCode>('/cdt/codes', body),
    addStarterSet: () => post<{ added: number }>('/cdt/codes/starter-set', {}),
    changeCode: (id: string, body: { description?: string; isActive?: boolean }) =>
      json<CdtCode>({ method: 'PATCH', path: `/cdt/codes/${encodeURIComponent(id)}`, body }),
    rules: (signal?: AbortSignal) => json<CdtRulePage>({ path: '/cdt/rules', signal }),
    addRule: (body: RuleKey & { codes: string[] }) => post<CdtRule>('/cdt/rules', body),
    changeRule: (id: string, codes: string[]) =>
      json<CdtRule>({ method: 'PUT', path: `/cdt/rules/${encodeURIComponent(id)}`, body: { codes } }),
    deleteRule: async (id: string) => {
      await session.request({ method: 'DELETE', path: `/cdt/rules/${encodeURIComponent(id)}` });
    },
  };
}
