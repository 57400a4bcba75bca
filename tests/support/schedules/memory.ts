/**
 * The real gate over one row in memory: what it decides is kept as it would be written, one decision at a time and after
 * as many turns of the event loop as chance wants. Ten thousand schedules take seconds on it.
 */
import type { MeetingChanged } from '../../../signaling/meeting-gate.ts';
import { Exclusive } from '../../../signaling/rooms/exclusive.ts';
import { parseSettings } from '../../../src/identity/index.ts';
import { type Draft, drafted, effectsOf } from '../../../src/meetings/draft.ts';
import { createMeetingGate, type MeetingDeps, newMeeting, RecentMeetings } from '../../../src/meetings/index.ts';
import type { LockedRow } from '../../../src/meetings/rows.ts';
import { StoredMeeting } from '../../../src/meetings/step.ts';
import { settleMeeting } from '../../../src/meetings/transact.ts';
import { changeOf } from '../../../src/meetings/write.ts';
import type { TenantDb } from '../../../src/platform/db/scope.ts';
import { newId } from '../../../src/platform/ids.ts';
import { HandClock } from '../meeting-desk.ts';
import { memoryLogger } from '../serve-app.ts';
import type { Backing, Windows } from './backing.ts';
import type { Chance } from './seeded.ts';

/** Nothing is remembered, so that every decision is made on the row. The optimistic way is PostgreSQL's to try. */
class NothingRecent extends RecentMeetings {
  override find(): undefined {
    return undefined;
  }
}

export async function inTurns(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
}

export function inMemory(windows: Windows, chance: Chance): Backing {
  const clock = new HandClock();
  const [tenantId, doctorId, patientId] = [newId(), newId(), newId()];
  const settings = parseSettings({ timeZone: 'Asia/Kolkata', ...windows });
  const made = newMeeting({ tenantId, doctorId, patientId, scheduledAt: clock.now() }, settings);
  const { id: meetingId } = made;
  let row = firstRow(made, settings, clock.now());
  let facts: MeetingChanged[] = [];
  const lock = new Exclusive();

  const keep = (draft: Draft): void => {
    if (!draft.changed) return;
    const after = drafted(draft);
    facts.push(changeOf(tenantId, after, draft.stored, effectsOf(draft)));
    row = { ...row, ...after, snapshot: draft.stored, settings };
  };
  const door: TenantDb = {
    tenantId,
    about: () => undefined,
    refused: () => undefined,
    reply: () => undefined,
    run: () => Promise.reject(new Error('Schedules in memory run no transaction of their own.')),
    read: () => Promise.resolve([]),
    readAbout: () => Promise.resolve([]),
    writeIf: () => Promise.resolve(false),
    decide: <T>(_read: unknown, decide: (rows: readonly never[]) => { answer: T }) =>
      lock.run(meetingId, async () => {
        await inTurns(chance.below(12));
        const { answer } = decide([row as never]);
        const draft = draftIn(answer);
        if (draft) keep(draft);
        await inTurns(chance.below(12));
        return answer;
      }),
  };
  const deps: MeetingDeps = {
    database: { tenant: () => door } as unknown as MeetingDeps['database'],
    clock,
    logger: memoryLogger().logger,
    recent: new NothingRecent(),
    onCommitted: () => undefined,
  };
  const gate = createMeetingGate(deps);
  return {
    tenantId,
    doctorId,
    patientId,
    meetingId,
    gate: {
      ...gate,
      through: () => gate,
      waiting: { ...gate.waiting, told: () => Promise.resolve(null) },
      look: () => Promise.resolve(changeOf(tenantId, row, StoredMeeting.parse(row.snapshot), []).meeting),
      // Which meetings a node holds is PostgreSQL's to answer; here there is one.
      loseNode: async (nodeId) => {
        const { seats } = StoredMeeting.parse(row.snapshot).context;
        const held = (['doctor', 'patient'] as const).filter((role) => seats[role].nodeId === nodeId);
        for (const role of held) {
          const participantId = role === 'doctor' ? doctorId : patientId;
          await gate.drop({ tenantId, meetingId, role, participantId, seat: seats[role].seat }, 'server', nodeId);
        }
        return held.length > 0 ? 1 : 0;
      },
    },
    forward: (seconds) => clock.forward(seconds),
    settle: async () => void (await settleMeeting(deps, tenantId, meetingId)),
    newFacts: () => {
      const now = facts;
      facts = [];
      return Promise.resolve(now);
    },
    look: () => Promise.resolve({ stored: StoredMeeting.parse(row.snapshot), version: row.version }),
  };
}

function firstRow(made: ReturnType<typeof newMeeting>, settings: unknown, createdAt: Date): LockedRow {
  const unwritten = {
    status: 'scheduled',
    doctorName: 'Doctor',
    patientName: 'Patient',
    startedAt: null,
    endedAt: null,
    durationSeconds: null,
    endReason: null,
    reconnectDeadline: null,
    waitingSince: null,
  } as const;
  // The columns that others add are of no concern to rooms and seats.
  return { ...made, ...unwritten, version: 1, createdAt, settings } as unknown as LockedRow;
}

/** What `withMeeting` and `settleMeeting` hand back holds the draft that they would write. */
function draftIn(answer: unknown): Draft | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const held = 'draft' in answer ? answer.draft : answer;
  return typeof held === 'object' && held !== null && 'effects' in held ? (held as Draft) : undefined;
}
