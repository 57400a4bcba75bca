/** What the table refuses whatever the code does (MEETING.md). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { databaseFault } from '../../src/platform/db/faults.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database[Symbol.asyncDispose]());

const [start, end] = [new Date('2026-11-21T10:00:00Z'), new Date('2026-11-21T10:20:00Z')];
const later = new Date('2026-11-21T10:25:00Z');
const active = { status: 'active', startedAt: start } as const;
const ended = {
  status: 'ended',
  startedAt: start,
  endedAt: end,
  durationSeconds: 1200,
  endReason: 'doctor_ended',
} as const;
const cancelled = { status: 'cancelled', endReason: 'cancelled' } as const;

/** Undefined when it was taken, else the constraint that refused. */
async function refusal(columns: object): Promise<string | undefined> {
  const whose = { tenantId: tenant.id, doctorId: tenant.doctorId, patientId: tenant.patientId };
  try {
    await tenant.db.run((tx) =>
      tx.meeting.create({ data: { id: newId(), ...whose, scheduledAt: start, snapshot: {}, ...columns } }),
    );
    return undefined;
  } catch (error) {
    const fault = databaseFault(error);
    return fault?.sqlState === '23514' ? fault.constraint : `not a check: ${fault?.sqlState}`;
  }
}

test.each<[string, object]>([
  ['scheduled', {}],
  ['scheduled, with a no-show deadline, the patient waiting', { nextDeadlineAt: later, waitingSince: start }],
  ['active', { ...active, doctorNodeId: newId(), nextDeadlineAt: later }],
  ['active, somebody away', { ...active, reconnectDeadline: later, nextDeadlineAt: later, patientNodeId: newId() }],
  [
    'active, somebody away longer than the meeting may last',
    { ...active, reconnectDeadline: later, nextDeadlineAt: end },
  ],
  ['ended', ended],
  ['ended in the second it started', { ...ended, endedAt: start, durationSeconds: 0 }],
  ['cancelled, with a reason', { ...cancelled, cancelReason: 'The patient called.' }],
  ['cancelled as a no-show', { ...cancelled, endReason: 'no_show' }],
])('a meeting may be %s', async (_, columns) => {
  expect(await refusal(columns)).toBeUndefined();
});

test.each<[string, object, string]>([
  ['active and never started', { status: 'active' }, 'meeting_started_check'],
  ['scheduled and started', { startedAt: start }, 'meeting_started_check'],
  ['ended without an end', { ...ended, endedAt: null }, 'meeting_ended_check'],
  ['active with an end', { ...active, endedAt: end }, 'meeting_ended_check'],
  ['ended without a duration', { ...ended, durationSeconds: null }, 'meeting_duration_check'],
  ['of negative duration', { ...ended, durationSeconds: -1 }, 'meeting_duration_check'],
  ['scheduled with a duration', { durationSeconds: 1 }, 'meeting_duration_check'],
  ['ended before it started', { ...ended, startedAt: later }, 'meeting_period_check'],
  ['ended without a reason', { ...ended, endReason: null }, 'meeting_end_reason_check'],
  ['ended as a no-show', { ...ended, endReason: 'no_show' }, 'meeting_end_reason_check'],
  ['cancelled without a reason', { ...cancelled, endReason: null }, 'meeting_end_reason_check'],
  ['cancelled because the doctor ended it', { ...cancelled, endReason: 'doctor_ended' }, 'meeting_end_reason_check'],
  ['active with a reason to end', { ...active, endReason: 'doctor_ended' }, 'meeting_end_reason_check'],
  ['scheduled and cancelled with words', { cancelReason: 'Words.' }, 'meeting_cancel_reason_check'],
  [
    'scheduled with somebody away',
    { reconnectDeadline: later, nextDeadlineAt: later },
    'meeting_reconnect_deadline_check',
  ],
  [
    'active with somebody away and no clock on it',
    { ...active, reconnectDeadline: later },
    'meeting_next_deadline_check',
  ],
  [
    'active with a clock later than an absence',
    { ...active, reconnectDeadline: end, nextDeadlineAt: later },
    'meeting_next_deadline_check',
  ],
  ['ended with a clock still running', { ...ended, nextDeadlineAt: later }, 'meeting_next_deadline_check'],
  ['cancelled with a clock still running', { ...cancelled, nextDeadlineAt: later }, 'meeting_next_deadline_check'],
  ['ended with somebody seated', { ...ended, doctorNodeId: newId() }, 'meeting_seat_check'],
  ['scheduled with somebody seated', { patientNodeId: newId() }, 'meeting_seat_check'],
  ['of version zero', { version: 0 }, 'meeting_version_check'],
])('a meeting is never %s', async (_, columns, constraint) => {
  expect(await refusal(columns)).toBe(constraint);
});
