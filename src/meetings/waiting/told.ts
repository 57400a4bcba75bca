/**
 * What is told of doctors' queues. Whoever asks while an earlier look is under way, or in the same moment, shares the next
 * one: a look at ten queues takes hardly longer than at one.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ToldQueue } from '../../../signaling/meeting-gate.ts';
import type { WaitingPlace } from '../../../signaling/protocol/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { Reads } from '../../platform/db/quick.ts';
import type { Database, TenantDb } from '../../platform/db/scope.ts';
import { estimateOf, type Pace } from './estimate.ts';
import { inOrder } from './order.ts';
import { type QueueRow, toEntry, waitingRows } from './rows.ts';

export interface ToldQueuesDeps {
  database: Pick<Database, 'tenant'>;
  clock: Clock;
}

type Asked = Map<string, PromiseWithResolvers<ToldQueue | null>>;

const dayMs = 86_400_000;

export class ToldQueues {
  readonly #deps: ToldQueuesDeps;
  /** By clinic, the doctors whom the next look is to be at. A clinic is here while it is looked at. */
  readonly #asked = new Map<string, Asked>();

  constructor(deps: ToldQueuesDeps) {
    this.#deps = deps;
  }

  /** As it is after this call, the looks of one clinic one after the other. Null when it has no such doctor. */
  told(tenantId: string, doctorId: string): Promise<ToldQueue | null> {
    let asked = this.#asked.get(tenantId);
    if (!asked) {
      asked = new Map();
      this.#asked.set(tenantId, asked);
      void this.#look(tenantId);
    }
    const own = asked.get(doctorId) ?? Promise.withResolvers<ToldQueue | null>();
    asked.set(doctorId, own);
    return own.promise;
  }

  /** The place of one meeting in its doctor's queue. A meeting that has left the queue meanwhile is next. */
  async placeOf(tenantId: string, meeting: { id: string; doctorId: string }): Promise<WaitingPlace> {
    const queue = await this.told(tenantId, meeting.doctorId);
    const own = queue?.places.find(({ meetingId }) => meetingId === meeting.id);
    return own?.place ?? { position: 1, doctorBusy: false, estimate: null };
  }

  /** Until nobody asks any more. */
  async #look(tenantId: string): Promise<void> {
    for (;;) {
      // Whoever asks in the same turn is looked at together.
      await nextTurn();
      const asked = this.#asked.get(tenantId);
      if (!asked || asked.size === 0) break;
      this.#asked.set(tenantId, new Map());
      try {
        const queues = await readQueues(
          this.#deps.database.tenant(tenantId),
          [...asked.keys()],
          this.#deps.clock.now(),
        );
        for (const [doctorId, { resolve }] of asked) resolve(queues.get(doctorId) ?? null);
      } catch (error) {
        for (const { reject } of asked.values()) reject(error);
      }
    }
    this.#asked.delete(tenantId);
  }
}

/** In one round trip. */
async function readQueues(db: TenantDb, doctorIds: readonly string[], now: Date): Promise<Map<string, ToldQueue>> {
  const rows = await db.read(queuesWithPace(db.tenantId, doctorIds, now), 'generic');
  const queues = new Map<string, ToldQueue>();
  for (const own of Map.groupBy(rows, ({ ofDoctorId }) => ofDoctorId).values()) {
    const queue = toTold(own, now);
    if (queue) queues.set(queue.doctorId, queue);
  }
  return queues;
}

/** Of the rows of one doctor. */
function toTold(rows: readonly PacedRow[], now: Date): ToldQueue | null {
  const [doctor] = rows;
  if (!doctor) return null;
  const { ofDoctorId: doctorId, doctorName, busySince } = doctor;
  const queue = inOrder(rows.filter((row): row is PacedRow & QueueRow => row.meetingId !== null));
  const places = queue.map(({ meetingId, patientId, scheduledAt }, ahead) => {
    const estimate = estimateOf(doctor, { ahead, scheduledAt }, now);
    const { earliest, latest } = estimate ?? {};
    return {
      meetingId,
      patientId,
      place: {
        position: ahead + 1,
        doctorBusy: busySince !== null,
        estimate: earliest && latest ? { earliest: earliest.toISOString(), latest: latest.toISOString() } : null,
      },
    };
  });
  return { doctorId, doctorName, busySince: busySince?.toISOString() ?? null, waiting: queue.map(toEntry), places };
}

type PacedRow = Pace & { ofDoctorId: string; doctorName: string } & (QueueRow | { [K in keyof QueueRow]: null });

/** One row for each who waits, or one alone for a doctor for whom nobody does. */
function queuesWithPace(tenantId: string, doctorIds: readonly string[], now: Date): Reads<PacedRow> {
  const [since, active] = [new Date(now.getTime() - 90 * dayMs), new Date(now.getTime() - 2 * dayMs)];
  const lasted = (whose: Prisma.Sql) => Prisma.sql`
    array(
      select v.duration_seconds from meeting v
      where v.tenant_id = ${tenantId}::uuid ${whose} and v.status = 'ended' and v.duration_seconds >= 60
        and v.scheduled_at between ${since}::timestamptz and ${now}::timestamptz
      order by v.scheduled_at desc limit 20)`;
  // The pace of each doctor once, and not for each who waits. With the offset each doctor's queue is read by itself: a plan for
  // any doctors would rather read everybody who waits in the clinic.
  return Prisma.sql`
    with paced as materialized (
      select d.id, d.name, ${lasted(Prisma.sql`and v.doctor_id = d.id`)} as own, ${lasted(Prisma.empty)} as clinic,
        (select max(a.started_at) from meeting a
         where a.tenant_id = ${tenantId}::uuid and a.doctor_id = d.id and a.status = 'active'
           and a.scheduled_at > ${active}::timestamptz) as busy_since
      from practitioner d
      where d.tenant_id = ${tenantId}::uuid and d.id = any (${doctorIds}::uuid[]))
    select paced.id as "ofDoctorId", paced.name as "doctorName", paced.own, paced.clinic, paced.busy_since as "busySince", q.*
    from paced left join lateral (${waitingRows(tenantId, Prisma.sql`and m.doctor_id = paced.id`)} offset 0) q on true`;
}
