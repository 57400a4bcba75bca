/** The visits over REST, one function a call of CONTRACT. */
import type { Meeting } from '../../../signaling/protocol/meeting.ts';
import type { Session } from './session.ts';

export type { Meeting };

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The keys of a record that has to be complete, so that a state added to the protocol is missed by the compiler. */
function keysOf<K extends string>(record: Readonly<Record<K, true>>): readonly K[] {
  return Object.keys(record) as K[];
}

// Written again rather than imported: the protocol's own lists come with its parser, which no page needs.
export const meetingStatuses = keysOf<Meeting['status']>({
  scheduled: true,
  active: true,
  ended: true,
  cancelled: true,
});
export const endReasons = keysOf<NonNullable<Meeting['endReason']>>({
  doctor_ended: true,
  doctor_disconnected: true,
  patient_timeout: true,
  cancelled: true,
  no_show: true,
  admin_ended: true,
  max_duration: true,
});

export const meetingSorts = [
  '-scheduledAt',
  'scheduledAt',
  '-startedAt',
  'startedAt',
  '-durationSeconds',
  'durationSeconds',
] as const;
export type MeetingSort = (typeof meetingSorts)[number];

export interface MeetingFilter {
  status?: Meeting['status'] | undefined;
  doctorId?: string | undefined;
  patientId?: string | undefined;
  /** Instants; `from` is inside, `to` is the first one outside. */
  from?: string | undefined;
  to?: string | undefined;
  endReason?: NonNullable<Meeting['endReason']> | undefined;
  minDurationSeconds?: number | undefined;
  sort?: MeetingSort | undefined;
}

export interface TimelineEntry {
  id: string;
  /** `start`, `join`, `drop`, `deadline`, `end`, …: MEETING.md's events, and refusals. */
  type: string;
  actorRole: string;
  actorId: string | null;
  at: string;
  nodeId: string | null;
  detail: Record<string, unknown>;
  /** Of an entry about a guest: as they called themselves. */
  guestName?: string | null;
}

export interface MeetingsApi {
  list(
    filter: MeetingFilter,
    paging?: { cursor?: string; limit?: number },
    signal?: AbortSignal,
  ): Promise<Page<Meeting>>;
  get(id: string, signal?: AbortSignal): Promise<Meeting>;
  /** All of it, oldest first. */
  timeline(id: string, signal?: AbortSignal): Promise<TimelineEntry[]>;
  cancel(id: string, reason: string): Promise<Meeting>;
  end(id: string): Promise<Meeting>;
  /** The rows of the filter as CSV, all pages. */
  exportCsv(filter: MeetingFilter): Promise<Blob>;
}

function path(id: string, rest = ''): string {
  return `/meetings/${encodeURIComponent(id)}${rest}`;
}

export function createMeetingsApi(session: Session): MeetingsApi {
  async function json<T>(request: Parameters<Session['request']>[0]): Promise<T> {
    const response = await session.request(request);
    return (await response.json()) as T;
  }
  return {
    list: (filter, paging = {}, signal) => json({ path: '/meetings', query: { ...filter, ...paging }, signal }),
    get: (id, signal) => json({ path: path(id), signal }),
    async timeline(id, signal) {
      const entries: TimelineEntry[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: 200, cursor };
        const page = await json<Page<TimelineEntry>>({ path: path(id, '/timeline'), query, signal });
        entries.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return entries;
    },
    cancel: (id, reason) => json({ method: 'POST', path: path(id, '/cancel'), body: { reason } }),
    end: (id) => json({ method: 'POST', path: path(id, '/end') }),
    async exportCsv(filter) {
      const response = await session.request({ path: '/meetings/export.csv', query: { ...filter } });
      return response.blob();
    },
  };
}
