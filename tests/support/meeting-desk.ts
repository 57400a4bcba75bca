/** Meetings on a real database without a server: the gate, a clock that tests move, and a look at what was kept. */

import type { MeetingChanged, MeetingGate } from '../../signaling/meeting-gate.ts';
import { parseSettings } from '../../src/identity/index.ts';
import {
  createDeadlineKeeper,
  createMeetingGate,
  type DeadlineKeeper,
  type MeetingDeps,
  newMeeting,
  RecentMeetings,
} from '../../src/meetings/index.ts';
import type { StoredMeeting } from '../../src/meetings/step.ts';
import type { ErrorCode } from '../../src/platform/errors.ts';
import { AppError } from '../../src/platform/errors.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { memoryLogger } from './serve-app.ts';
import { createTenant, type TestTenant } from './tenant.ts';

/** Clinical time that stands still until it is moved. */
export class HandClock {
  #now = new Date('2026-11-21T10:00:00.000Z');

  now(): Date {
    return new Date(this.#now);
  }

  forward(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1000);
  }
}

export interface KeptEntry {
  type: string;
  actorRole: string;
  actorId: string | null;
  at: Date;
  nodeId: string | null;
  detail: Record<string, unknown>;
}

export interface MeetingDesk extends AsyncDisposable {
  db: TestDatabase;
  clock: HandClock;
  deps: MeetingDeps;
  gate: MeetingGate;
  keeper: DeadlineKeeper;
  nodeId: string;
  /** What `onCommitted` was told. */
  committed: (Date | null)[];
  log: readonly Record<string, unknown>[];
  tenant(options?: Parameters<typeof createTenant>[1]): Promise<TestTenant>;
  /** A scheduled meeting of doctor and patient, `seconds` from now. */
  schedule(tenant: TestTenant, seconds?: number): Promise<string>;
  row(id: string): Promise<MeetingRecord>;
  timeline(id: string): Promise<KeptEntry[]>;
  /** The facts of a meeting in order; they stay, because no relay runs. */
  facts(id: string): Promise<MeetingChanged[]>;
}

export interface MeetingRecord {
  status: string;
  started_at: Date | null;
  ended_at: Date | null;
  duration_seconds: number | null;
  end_reason: string | null;
  cancel_reason: string | null;
  reconnect_deadline: Date | null;
  next_deadline_at: Date | null;
  doctor_node_id: string | null;
  patient_node_id: string | null;
  waiting_since: Date | null;
  version: number;
  snapshot: StoredMeeting;
}

export async function openDesk(): Promise<MeetingDesk> {
  const db = await createTestDatabase();
  const clock = new HandClock();
  const committed: (Date | null)[] = [];
  const { logger, lines } = memoryLogger();
  const { database } = db;
  const deps: MeetingDeps = {
    database,
    clock,
    logger,
    recent: new RecentMeetings(),
    onCommitted: (info) => committed.push(info.nextDeadlineAt),
  };
  const keeper = createDeadlineKeeper(deps);
  return {
    db,
    clock,
    deps,
    gate: createMeetingGate(deps),
    keeper,
    nodeId: newId(),
    committed,
    log: lines,
    tenant: (options) => createTenant(db, options),
    schedule: (tenant, seconds = 0) =>
      tenant.db.run(async (tx) => {
        const { settings } = await tx.tenant.findUniqueOrThrow({ where: { id: tenant.id } });
        const scheduledAt = new Date(clock.now().getTime() + seconds * 1000);
        const { id: tenantId, doctorId, patientId } = tenant;
        const row = newMeeting({ tenantId, doctorId, patientId, scheduledAt }, parseSettings(settings));
        return (await tx.meeting.create({ data: row, select: { id: true } })).id;
      }),
    row: async (id) => one(await db.sql<MeetingRecord>('select * from meeting where id = $1', [id])),
    timeline: (id) =>
      db.sql<KeptEntry>(
        `select type, actor_role as "actorRole", actor_id as "actorId", at, node_id as "nodeId", detail
         from meeting_event where meeting_id = $1 order by id`,
        [id],
      ),
    facts: async (id) =>
      (await db.sql<{ payload: MeetingChanged }>('select payload from outbox where key = $1 order by seq', [id])).map(
        ({ payload }) => payload,
      ),
    async [Symbol.asyncDispose]() {
      await keeper.stop();
      await db[Symbol.asyncDispose]();
    },
  };
}

function one<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (!row || rows.length > 1) throw new Error(`Expected one row, there are ${rows.length}.`);
  return row;
}

/** The code with which `work` is refused; fails when it is not. */
export async function refusal(work: Promise<unknown>): Promise<ErrorCode> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof AppError) return outcome.code;
  throw outcome instanceof Error ? outcome : new Error('It was allowed and should have been refused.');
}
