/** What stands in the database, against what the participants did. */
import { isDeepStrictEqual } from 'node:util';
import type { EndReason, MeetingStatus } from '../../signaling/protocol/index.ts';
import { TenantSettings } from '../../src/identity/tenants/schema.ts';
import { StoredMeeting } from '../../src/meetings/step.ts';
import { fatesOf } from './deeds.ts';
import { replayFault, type TimelineRow } from './replay.ts';
import type { Visit } from './visit.ts';
import type { World } from './world.ts';

export interface Fault {
  visit: Visit;
  what: string;
}

interface MeetingRow {
  id: string;
  status: MeetingStatus;
  endReason: EndReason | null;
  scheduledAt: Date;
  version: number;
  snapshot: unknown;
  isOverdue: boolean;
  settings: unknown;
  /** How many transactions left entries that change it. */
  changes: number;
  lines: string[];
}

/** Every fault of every meeting; call it when everything is settled. */
export async function judge(world: World, visits: readonly Visit[]): Promise<Fault[]> {
  const rows = new Map((await readMeetings(world)).map((row) => [row.id, row]));
  const timelines = Map.groupBy(await readTimelines(world), ({ meetingId }) => meetingId);
  return visits
    .filter(({ id }) => id !== '')
    .flatMap((visit) => {
      const row = rows.get(visit.id);
      const found = row ? faultsOf(visit, row, timelines.get(visit.id) ?? []) : ['is lost: there is no such row'];
      return [...visit.faults, ...found].map((what) => ({ visit, what }));
    });
}

/** Only so many as were made: one that was asked for twice under one key is one. */
export async function countOf(world: World): Promise<number> {
  const [row] = await world.sql<{ count: number }>('select count(*)::int as count from meeting');
  return row?.count ?? 0;
}

function faultsOf(visit: Visit, row: MeetingRow, timeline: TimelineRow[]): string[] {
  const { deeds, clinic, doctor, patient } = visit;
  const faults: string[] = [];
  const fate = row.status === 'active' || row.status === 'scheduled' ? row.status : (row.endReason ?? 'no reason');
  const fates = [...fatesOf(deeds, clinic.graceSeconds)];
  if (!fates.includes(fate as (typeof fates)[number]))
    faults.push(`is ${fate}, and what was done allows ${fates.join(', ')}`);
  if (deeds.told !== undefined && deeds.told !== row.endReason)
    faults.push(`is ${fate}, and was said to be over by ${deeds.told}`);
  if (row.isOverdue) faults.push('is stuck: its deadline has passed');
  const stored = StoredMeeting.parse(row.snapshot);
  const replay = replayFault(row.scheduledAt, timeline, TenantSettings.parse(row.settings), stored);
  if (replay) faults.push(replay);
  if (row.version !== 1 + row.changes) faults.push(`has version ${row.version} after ${row.changes} changes`);
  if (fate === 'active' && !isDeepStrictEqual(stored.value, { active: { doctor: 'present', patient: 'present' } }))
    faults.push(`goes on without both: ${JSON.stringify(stored.value)}`);
  const said = [...doctor.said, ...patient.said];
  const lost = said.filter((line) => row.lines.filter((one) => one === line).length !== 1);
  if (lost.length > 0) faults.push(`lost ${lost.length} of ${said.length} lines that were taken, or has them twice`);
  return faults;
}

function readMeetings({ sql }: World): Promise<MeetingRow[]> {
  return sql<MeetingRow>(`
    select m.id, m.status::text as status, m.end_reason::text as "endReason", m.scheduled_at as "scheduledAt",
      m.version, m.snapshot, t.settings,
      coalesce(m.next_deadline_at < now() - interval '5 seconds', false) as "isOverdue",
      (select count(distinct e.xmin::text)::int from meeting_event e
        where e.tenant_id = m.tenant_id and e.meeting_id = m.id
          and e.type in ('waited', 'left_queue', 'start', 'join', 'drop', 'deadline', 'end', 'cancel', 'max_duration', 'no_show')
      ) as changes,
      (select coalesce(array_agg(l.client_id), '{}') from meeting_chat_line l
        where l.tenant_id = m.tenant_id and l.meeting_id = m.id) as lines
    from meeting m join tenant t on t.id = m.tenant_id`);
}

function readTimelines({ sql }: World): Promise<(TimelineRow & { meetingId: string })[]> {
  return sql(`
    select id, meeting_id as "meetingId", type, actor_role as "actorRole", at, node_id as "nodeId", detail
    from meeting_event order by id`);
}
