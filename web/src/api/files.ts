/** Files about patients over REST, one function a call. */
import type {
  NewUpload,
  SharedFile,
  SharedFiles,
  Upload,
  UploadCategory,
  UploadHistory,
  UploadLink,
  UploadPage,
  UploadShareView,
} from '../../../src/records/uploads/schema.ts';
import { ApiError } from './problem.ts';
import { type Sent, sendForm } from './send-form.ts';
import type { Session } from './session.ts';
import type { Exchange } from './transport.ts';

export type { NewUpload, SharedFile, Upload, UploadCategory, UploadHistory };

export interface FileFilter {
  patientId?: string | undefined;
  category?: UploadCategory | undefined;
}

export interface Sending {
  file: File;
  category: UploadCategory;
  /** Null for one's own. */
  patientId: string | null;
  /** The same for each try: what arrived although the answer was lost is kept once. */
  key: string;
}

const one = (id: string, rest = '') => `/uploads/${encodeURIComponent(id)}${rest}`;

export type FilesApi = ReturnType<typeof createFilesApi>;

/** Cheap to make: it holds nothing. */
export function createFilesApi(session: Session) {
  async function json<T>(request: Exchange): Promise<T> {
    const response = await session.request(request);
    return (await response.json()) as T;
  }

  /** Sent once more with a newer token when the server calls the first one stale. */
  async function send(sending: Sending, watch: Omit<Sent, 'body' | 'headers'>): Promise<NewUpload> {
    const { file, category, patientId, key } = sending;
    const body = new FormData();
    body.set('category', category);
    if (patientId !== null) body.set('patientId', patientId);
    body.set('file', file, file.name);
    const go = async (token: string) => {
      const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
      return (await (await sendForm('/uploads', { ...watch, body, headers })).json()) as NewUpload;
    };
    const token = await session.token();
    try {
      return await go(token);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      return go(await session.token(token));
    }
  }

  return {
    send,
    list: (filter: FileFilter, paging: { cursor?: string; limit?: number } = {}, signal?: AbortSignal) =>
      json<UploadPage>({ path: '/uploads', query: { ...filter, ...paging }, signal }),
    get: (id: string, signal?: AbortSignal) => json<Upload>({ path: one(id), signal }),
    history: (id: string, signal?: AbortSignal) => json<UploadHistory>({ path: one(id, '/history'), signal }),
    shared: async (meetingId: string, signal?: AbortSignal) =>
      (await json<SharedFiles>({ path: '/uploads/shared', query: { meetingId }, signal })).items,
    share: (id: string, meetingId: string) =>
      json<UploadShareView>({ method: 'POST', path: one(id, '/share'), body: { meetingId } }),
    /** An address below our own that opens the file for five minutes: what an `<img>` can ask for. */
    async link(id: string, signal?: AbortSignal): Promise<string> {
      const { url } = await json<UploadLink>({ method: 'POST', path: one(id, '/link'), signal });
      const { pathname, search } = new URL(url);
      return pathname + search;
    },
    async content(id: string, signal?: AbortSignal): Promise<Blob> {
      const response = await session.request({ path: one(id, '/content'), signal, patience: 120_000 });
      return response.blob();
    },
    async remove(id: string): Promise<void> {
      await session.request({ method: 'DELETE', path: one(id) });
    },
  };
}
