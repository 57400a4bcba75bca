/** What the chaos run holds a server to: bench/chaos. */
import { describe, expect, it } from '@jest/globals';
import { type Deeds, fatesOf, noDeeds } from '../../bench/chaos/deeds.ts';
import { replayFault, type TimelineRow } from '../../bench/chaos/replay.ts';
import { TenantSettings } from '../../src/identity/tenants/schema.ts';
import type { MeetingEvent } from '../../src/meetings/model.ts';
import { type StoredMeeting, scheduleMeeting, step } from '../../src/meetings/step.ts';

const fates = (deeds: Partial<Deeds>, graceSeconds = 60) =>
  [...fatesOf({ ...noDeeds(), ...deeds }, graceSeconds)].toSorted();

describe('what may have become of a meeting', () => {
  it('follows from what was answered, and is either way where only the question is known', () => {
    expect(fates({})).toEqual(['scheduled']);
    expect(fates({ cancelled: 'asked' })).toEqual(['cancelled', 'scheduled']);
    expect(fates({ cancelled: 'answered' })).toEqual(['cancelled']);
    expect(fates({ started: 'asked' })).toEqual(['active', 'scheduled']);
    expect(fates({ started: 'answered' })).toEqual(['active']);
    expect(fates({ started: 'answered', ended: 'asked' })).toEqual(['active', 'doctor_ended']);
    expect(fates({ started: 'answered', ended: 'answered' })).toEqual(['doctor_ended']);
    expect(fates({ started: 'answered', endedByStaff: 'answered' })).toEqual(['admin_ended']);
  });

  it('is no end by a lost connection, but for a doctor’s without grace', () => {
    const cut = { started: 'answered', doctorGone: 'moment' } as const;
    expect(fates(cut)).toEqual(['active']);
    expect(fates(cut, 0)).toEqual(['active', 'doctor_disconnected']);
    expect(fates({ started: 'answered', patientGone: 'moment' })).toEqual(['active']);
    expect(fates({ started: 'answered', patientGone: 'long' })).toEqual(['active', 'patient_timeout']);
  });

  it('does not go on when somebody is gone for good', () => {
    const started = 'answered';
    expect(fates({ started, doctorGone: 'good' })).toEqual(['doctor_disconnected']);
    expect(fates({ started, patientGone: 'good' })).toEqual(['patient_timeout']);
    expect(fates({ started, doctorGone: 'good', patientGone: 'good' })).toEqual([
      'doctor_disconnected',
      'patient_timeout',
    ]);
  });
});

const clinic = TenantSettings.parse({ timeZone: 'Asia/Kolkata' });
const scheduledAt = new Date('2026-11-22T09:00:00.000Z');
const at = (minutes: number) => new Date(scheduledAt.getTime() + minutes * 60_000).toISOString();

/** A visit in which the patient drops and returns, as its timeline and its row have it. */
function visit(): { rows: TimelineRow[]; stored: StoredMeeting } {
  const events: MeetingEvent[] = [
    { type: 'start', at: at(0), nodeId: 'one', clinic },
    { type: 'join', role: 'patient', at: at(1), nodeId: 'two' },
    { type: 'drop', role: 'patient', seat: 1, cause: 'server', at: at(2), clinic },
    { type: 'join', role: 'patient', at: at(3), nodeId: 'one' },
    { type: 'end', by: 'doctor', at: at(4) },
  ];
  let stored = scheduleMeeting(scheduledAt);
  const rows = events.map((event, index): TimelineRow => {
    const next = step(stored, event);
    if (!next.accepted) throw new Error(next.code);
    stored = next.stored;
    const role = event.type === 'start' ? 'doctor' : 'role' in event ? event.role : undefined;
    return {
      // Each in a millisecond of its own.
      id: `00000000-000${index}-7000-8000-000000000000`,
      type: event.type,
      actorRole: event.type === 'end' ? 'doctor' : 'server',
      at: new Date(event.at),
      nodeId: 'nodeId' in event ? event.nodeId : null,
      detail: {
        ...(role && { role, seat: stored.context.seats[role].seat }),
        ...('cause' in event && { cause: event.cause }),
      },
    };
  });
  return { rows, stored };
}

describe('a timeline', () => {
  it('that comes to what is stored has no fault', () => {
    const { rows, stored } = visit();
    expect(replayFault(scheduledAt, rows, clinic, stored)).toBeUndefined();
  });

  it('with a hole, a change that nobody entered, or a number too many is found', () => {
    const { rows, stored } = visit();
    const without = (index: number) => rows.filter((_, at) => at !== index);
    expect(replayFault(scheduledAt, without(2), clinic, stored)).toMatch('is not what the timeline comes to');
    expect(replayFault(scheduledAt, without(3), clinic, stored)).toMatch('is not what the timeline comes to');
    expect(replayFault(scheduledAt, without(1), clinic, stored)).toMatch('changes nothing');
    const numbered = rows.map((row, at) => (at === 3 ? { ...row, detail: { ...row.detail, seat: 3 } } : row));
    expect(replayFault(scheduledAt, numbered, clinic, stored)).toMatch('names seat 3, and it is 2');
  });
});
