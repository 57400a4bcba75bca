/** The meeting history as CSV (RFC 4180), read in batches as fast as the reader takes them. */
import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Actor } from '../platform/actor.ts';
import type { TenantDb } from '../platform/db/scope.ts';
import { pageOfMeetings, patientsIn, selectMeetings } from './history.ts';
import { type MeetingRow, toMeeting } from './rows.ts';
import type { MeetingFilters } from './schema.ts';
import { positionIn } from './sorting.ts';

const batch = 500;

const columns = [
  'id',
  'status',
  'doctorId',
  'doctorName',
  'patientId',
  'patientName',
  'appointmentId',
  'reason',
  'scheduledAt',
  'startedAt',
  'endedAt',
  'durationSeconds',
  'endReason',
  'createdAt',
] as const;

/** Never more than one batch is held. Destroying the stream stops the reading; an error of the database destroys the stream. */
export function exportMeetings(db: TenantDb, actor: Actor, filters: MeetingFilters): Readable {
  // A cell that a spreadsheet would take for a formula is made a text.
  const csv = stringify({ header: true, columns: [...columns], escape_formulas: true });
  return pipeline(Readable.from(rows(db, actor, filters), { highWaterMark: 16 }), csv, () => {});
}

async function* rows(db: TenantDb, actor: Actor, filters: MeetingFilters) {
  // Whose data leaves the house is known as a whole before the first of it does: the audit trail's entry goes with this.
  let page = await db.run(async (tx) => {
    db.about({ patientIds: await patientsIn(tx, actor, filters) });
    return tx.$queryRaw<MeetingRow[]>(pageOfMeetings(db.tenantId, actor, filters, null, batch));
  });
  for (;;) {
    for (const row of page) yield toMeeting(row);
    const last = page.at(-1);
    if (!last || page.length < batch) return;
    page = await selectMeetings(db, actor, filters, positionIn(filters.sort, last), batch);
  }
}
