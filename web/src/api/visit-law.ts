/** What the law wants around a visit, and what comes after it, over REST. */
import type { AfterVisit, VisitNote } from '../../../src/meetings/after/schema.ts';
import type { VisitSheet } from '../../../src/meetings/law/schema.ts';
import type { Session } from './session.ts';

export type { AfterVisit, VisitNote, VisitSheet };
export type Guardian = NonNullable<VisitSheet['patient']['guardian']>;

export interface VisitLawApi {
  sheet(meetingId: string, signal?: AbortSignal): Promise<VisitSheet>;
  consent(
    meetingId: string,
    given: { policyId: string; language: string; guardian?: Guardian | undefined },
  ): Promise<VisitSheet>;
  confirmIdentity(meetingId: string, guardian?: Guardian): Promise<VisitSheet>;
  after(meetingId: string, signal?: AbortSignal): Promise<AfterVisit>;
  rate(meetingId: string, rating: { stars: number; words?: string | undefined }): Promise<AfterVisit['rating']>;
  note(meetingId: string, signal?: AbortSignal): Promise<VisitNote>;
  saveNote(meetingId: string, note: { text: string; version: number }): Promise<VisitNote>;
  signNote(meetingId: string, version: number): Promise<VisitNote>;
}

const path = (id: string, rest: string) => `/meetings/${encodeURIComponent(id)}/${rest}`;

export function createVisitLawApi(session: Session): VisitLawApi {
  async function json<T>(request: Parameters<Session['request']>[0]): Promise<T> {
    return (await (await session.request(request)).json()) as T;
  }
  return {
    sheet: (id, signal) => json({ path: path(id, 'sheet'), signal }),
    consent: (id, body) => json({ method: 'POST', path: path(id, 'consent'), body }),
    confirmIdentity: (id, guardian) =>
      json({ method: 'POST', path: path(id, 'identity'), body: guardian ? { guardian } : {} }),
    after: (id, signal) => json({ path: path(id, 'after'), signal }),
    rate: (id, body) => json({ method: 'PUT', path: path(id, 'rating'), body }),
    note: (id, signal) => json({ path: path(id, 'note'), signal }),
    saveNote: (id, body) => json({ method: 'PUT', path: path(id, 'note'), body }),
    signNote: (id, version) => json({ method: 'POST', path: path(id, 'note/sign'), body: { version } }),
  };
}
