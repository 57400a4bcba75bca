/** The doctor's note of a visit: saved while it is written, kept in versions, locked by signing. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { mayRead, seatOf } from '../policy.ts';
import type { NoteVersions, SaveNote, SignNote, VisitNote } from './schema.ts';
import { turnOf, type VisitRow, visitOf } from './visit.ts';

/** A version is kept of what stood for so long, and of what is signed. */
const worthKeepingMs = 5 * 60_000;

/** The treating doctor, and who may read all. Throws MEETING_NOT_FOUND, or FORBIDDEN for the patient and the desk. */
function checkReader(db: TenantDb, actor: Actor, row: VisitRow | undefined): VisitRow {
  if (row) db.about({ patientIds: [row.patientId] });
  const readsAll = actor.scopes.has('notes:read-all');
  if (!row || !(readsAll || mayRead(actor, row))) throw new AppError('MEETING_NOT_FOUND');
  if (readsAll || isTreating(actor, row)) return row;
  throw new AppError('FORBIDDEN', 'The note is for the treating doctor.');
}

function isTreating(actor: Actor, row: VisitRow): boolean {
  return seatOf(actor, row) === 'doctor' && actor.scopes.has('notes:read');
}

export function readNote(db: TenantDb, actor: Actor, meetingId: string): Promise<VisitNote> {
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  return db.decide(visitOf(db.tenantId, meetingId), ([row]) => ({
    writes: [],
    answer: toNote(meetingId, checkReader(db, actor, row)),
  }));
}

/** What it said before, the newest first. */
export function readNoteVersions(db: TenantDb, actor: Actor, meetingId: string): Promise<NoteVersions> {
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  return db.run(async (tx) => {
    const [row] = await tx.$queryRaw<VisitRow[]>(visitOf(db.tenantId, meetingId));
    checkReader(db, actor, row);
    const rows = await tx.$queryRaw<{ version: number; text: string; at: Date }[]>`
      select version, text, at from visit_note_version
      where tenant_id = ${db.tenantId}::uuid and meeting_id = ${meetingId}::uuid order by version desc limit 100`;
    return { items: rows.map((one) => ({ ...one, at: one.at.toISOString() })) };
  });
}

/**
 * Saves what the treating doctor wrote. CONFLICT when it was changed elsewhere since `version` was read, or is signed, or the
 * visit has not begun. The same text again changes nothing.
 */
export function saveNote(
  db: TenantDb,
  actor: Actor,
  { meetingId, text, version }: SaveNote & { meetingId: string },
  now: Date,
): Promise<VisitNote> {
  return change(db, actor, meetingId, (row) => {
    checkCurrent(row, version);
    if (text === (row.text ?? '')) return { writes: [], after: row };
    const after = { ...row, text, version: version + 1, changedAt: now };
    const { tenantId } = db;
    const write = Prisma.sql`
      insert into visit_note (tenant_id, meeting_id, text, version, changed_at)
      values (${tenantId}::uuid, ${meetingId}::uuid, ${text}, ${after.version}::int, ${now}::timestamptz)
      on conflict (tenant_id, meeting_id)
      do update set text = excluded.text, version = excluded.version, changed_at = excluded.changed_at`;
    const stoodMs = row.changedAt ? now.getTime() - row.changedAt.getTime() : 0;
    return { writes: [...(stoodMs >= worthKeepingMs ? [keepVersion(tenantId, meetingId, row)] : []), write], after };
  });
}

/** Locks the note for good. CONFLICT as for saving; again is once. */
export function signNote(
  db: TenantDb,
  actor: Actor,
  { meetingId, version }: SignNote & { meetingId: string },
  now: Date,
): Promise<VisitNote> {
  return change(db, actor, meetingId, (row) => {
    if (row.signedAt !== null && row.version === version) return { writes: [], after: row };
    checkCurrent(row, version);
    if ((row.text ?? '').trim() === '') throw new AppError('CONFLICT', 'There is no note to sign.');
    const { tenantId } = db;
    const write = Prisma.sql`
      update visit_note set signed_at = ${now}::timestamptz
      where tenant_id = ${tenantId}::uuid and meeting_id = ${meetingId}::uuid`;
    return { writes: [keepVersion(tenantId, meetingId, row), write], after: { ...row, signedAt: now } };
  });
}

function change(
  db: TenantDb,
  actor: Actor,
  meetingId: string,
  decide: (row: VisitRow) => { writes: Prisma.Sql[]; after: VisitRow },
): Promise<VisitNote> {
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  return db.decide(
    visitOf(db.tenantId, meetingId),
    ([found]) => {
      const row = checkReader(db, actor, found);
      if (!isTreating(actor, row)) throw new AppError('FORBIDDEN', 'Only the treating doctor writes the note.');
      if (row.startedAt === null) throw new AppError('CONFLICT', 'The visit has not begun.');
      const { writes, after } = decide(row);
      const answer = toNote(meetingId, after);
      db.reply(answer);
      return { writes, answer };
    },
    { ahead: [turnOf(db.tenantId, meetingId)] },
  );
}

function checkCurrent(row: VisitRow, version: number): void {
  if (row.signedAt !== null) throw new AppError('CONFLICT', 'The note is signed and does not change.');
  if ((row.version ?? 0) !== version) throw new AppError('CONFLICT', 'The note was changed elsewhere. Read it again.');
}

function keepVersion(tenantId: string, meetingId: string, { version, text, changedAt }: VisitRow): Prisma.Sql {
  return Prisma.sql`
    insert into visit_note_version (tenant_id, meeting_id, version, text, at)
    values (${tenantId}::uuid, ${meetingId}::uuid, ${version}::int, ${text}, ${changedAt}::timestamptz)
    on conflict do nothing`;
}

function toNote(meetingId: string, { text, version, changedAt, signedAt }: VisitRow): VisitNote {
  return {
    meetingId,
    text: text ?? '',
    version: version ?? 0,
    changedAt: changedAt?.toISOString() ?? null,
    signedAt: signedAt?.toISOString() ?? null,
  };
}
