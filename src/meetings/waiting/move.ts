/** Gives a waiting patient another place in the same queue, with a reason that is kept beside the timeline. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { doerOf } from '../doer.ts';
import type { EntryDetail } from '../schema.ts';
import type { MeetingDeps } from '../transact.ts';
import { inOrder, moveTo } from './order.ts';
import { mayArrange, tooLate } from './policy.ts';
import { keepWaiting, type QueueRow, type WaitedFor, waitingRows } from './rows.ts';

export interface Move {
  meetingId: string;
  /** 1 is next. */
  position: number;
  reason: string;
}

type Found = { own: WaitedFor } & (QueueRow | { [K in keyof QueueRow]: null });

/**
 * One move of a doctor's queue at a time. NOT_ASSIGNED for who may not arrange it, INVALID_CALL when nobody waits for this
 * meeting, and what tells that it has begun or is over.
 */
export function move(
  { clock }: MeetingDeps,
  db: TenantDb,
  actor: Actor,
  { meetingId, position, reason }: Move,
): Promise<{ position: number; doctorId: string }> {
  const { tenantId } = db;
  db.about({ entity: { type: 'Meeting', id: meetingId } });
  return db.decide(
    queueAround(tenantId, meetingId),
    (rows) => {
      const own = rows[0]?.own;
      if (!own) throw new AppError('MEETING_NOT_FOUND');
      if (!mayArrange(actor, own)) throw new AppError('NOT_ASSIGNED');
      const refusal = tooLate(own);
      if (refusal) throw new AppError(refusal);
      const queue = inOrder(rows.filter((row): row is Found & QueueRow => row.meetingId !== null));
      const from = queue.findIndex((one) => one.meetingId === meetingId) + 1;
      const moved = moveTo(queue, meetingId, position);
      if (!moved) throw new AppError('INVALID_CALL', 'Nobody waits for this meeting.');
      db.about({ patientIds: [own.patientId] });
      const answer = { position: moved.position, doctorId: own.doctorId };
      if (moved.position === from) return { writes: [], answer };
      const places = moved.places.map((one) => keepPlace(tenantId, one));
      const { role, id } = doerOf(actor, own, null);
      const entry = { meetingId, role, id, at: clock.now(), detail: { fromPosition: from, position: moved.position } };
      const why = keepWaiting(tenantId, meetingId, [['move_reason', Prisma.sql`${reason}::text`]]);
      return { writes: [...places, why, entryOf(tenantId, entry)], answer };
    },
    { ahead: [turnOf(tenantId, meetingId)] },
  );
}

/** The meeting, and everybody who waits for its doctor. */
function queueAround(tenantId: string, meetingId: string): Reads<Found> {
  return Prisma.sql`
    select json_build_object('doctorId', x.doctor_id, 'patientId', x.patient_id, 'status', x.status) as own, q.*
    from meeting x
    left join lateral (${waitingRows(tenantId, Prisma.sql`and m.doctor_id = x.doctor_id`)}) q on true
    where x.tenant_id = ${tenantId}::uuid and x.id = ${meetingId}::uuid`;
}

/** Two moves at once would each take the queue for what it was before the other. */
function turnOf(tenantId: string, meetingId: string): Prisma.Sql {
  return Prisma.sql`
    select pg_advisory_xact_lock(hashtextextended('queue ' || x.doctor_id::text, 0)) from meeting x
    where x.tenant_id = ${tenantId}::uuid and x.id = ${meetingId}::uuid`;
}

/** For the waiting that is going on, and no later one. */
function keepPlace(tenantId: string, { meetingId, place }: { meetingId: string; place: Date }): Prisma.Sql {
  return Prisma.sql`
    insert into waiting (tenant_id, meeting_id, place, place_since)
    select m.tenant_id, m.id, ${place}::timestamptz, m.waiting_since from meeting m
    where m.tenant_id = ${tenantId}::uuid and m.id = ${meetingId}::uuid and m.waiting_since is not null
    on conflict (tenant_id, meeting_id) do update set place = excluded.place, place_since = excluded.place_since`;
}

interface Entry {
  meetingId: string;
  role: string;
  id: string | null;
  at: Date;
  detail: EntryDetail;
}

function entryOf(tenantId: string, { meetingId, role, id, at, detail }: Entry): Prisma.Sql {
  return Prisma.sql`
    insert into meeting_event (tenant_id, meeting_id, id, type, actor_role, actor_id, at, detail)
    values (${tenantId}::uuid, ${meetingId}::uuid, ${newId()}::uuid, 'moved', ${role}, ${id}::uuid,
      ${at}::timestamptz, ${JSON.stringify(detail)}::jsonb)`;
}
