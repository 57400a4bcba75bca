/**
 * A meeting as one node remembers it, for the others: together with what all in it are told, another one needs not read it
 * before it changes it. What comes from a version of ours that keeps it differently is not understood, and the row is read.
 */
import { z } from 'zod';
import { Instant, Meeting } from '../../signaling/protocol/index.ts';
import { tryParse } from '../platform/try-parse.ts';
import { type LockedMeeting, lockedMeeting } from './rows.ts';
import { StoredMeeting } from './step.ts';

const Beside = z.strictObject({
  tenantId: z.uuid(),
  snapshot: StoredMeeting,
  settings: z.unknown(),
  consent: z.enum(['implied', 'explicit']).nullable(),
  consentAt: Instant.nullable(),
  isUnpaid: z.boolean(),
  nextDeadlineAt: Instant.nullable(),
});

const Told = z.object({ meeting: Meeting, beside: Beside });

/** What is not in the meeting as everybody sees it. */
export function besideOf(kept: LockedMeeting): unknown {
  const { tenantId, stored: snapshot, settings, consent, consentAt, isUnpaid, nextDeadlineAt } = kept;
  const instants = {
    consentAt: consentAt?.toISOString() ?? null,
    nextDeadlineAt: nextDeadlineAt?.toISOString() ?? null,
  };
  return { tenantId, snapshot, settings, consent, isUnpaid, ...instants } satisfies z.input<typeof Beside>;
}

/** Undefined when it is not understood. */
export function takenOver(told: { meeting: unknown; beside: unknown }): LockedMeeting | undefined {
  const parsed = tryParse(Told, told);
  if (!parsed.success) return undefined;
  const { roomId: _, ...meeting } = parsed.data.meeting;
  const { tenantId, ...beside } = parsed.data.beside;
  return lockedMeeting(tenantId, {
    ...meeting,
    ...beside,
    scheduledAt: new Date(meeting.scheduledAt),
    startedAt: dateOf(meeting.startedAt),
    endedAt: dateOf(meeting.endedAt),
    reconnectDeadline: dateOf(meeting.reconnectDeadline),
    waitingSince: dateOf(meeting.waitingSince),
    createdAt: new Date(meeting.createdAt),
    consentAt: dateOf(beside.consentAt),
    nextDeadlineAt: dateOf(beside.nextDeadlineAt),
  });
}

const dateOf = (instant: string | null): Date | null => (instant === null ? null : new Date(instant));
