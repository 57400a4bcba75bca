/** The machine by hand: a clinic with the usual settings, a meeting at ten, instants in seconds after ten. */
import type { ClinicRules, MeetingEvent } from '../../src/meetings/model.ts';
import { type Step, type StoredMeeting, scheduleMeeting, step } from '../../src/meetings/step.ts';

export const clinic: ClinicRules = {
  reconnectWindowSeconds: 300,
  doctorGraceSeconds: 0,
  recoveryWindowSeconds: 60,
  earlyStartMinutes: 30,
  noShowMinutes: 30,
  maxDurationMinutes: 240,
};

const ten = Date.parse('2026-11-21T10:00:00.000Z');
export const nodeA = '019aa6c0-0000-7000-8000-00000000000a';
export const nodeB = '019aa6c0-0000-7000-8000-00000000000b';

/** The instant `seconds` after ten. */
export function at(seconds: number): string {
  return new Date(ten + seconds * 1000).toISOString();
}

export function scheduled(): StoredMeeting {
  return scheduleMeeting(new Date(ten));
}

/** Takes the events one after the other; each must be accepted. */
export function after(...events: readonly MeetingEvent[]): StoredMeeting {
  return events.reduce((stored, event) => accepted(step(stored, event)).stored, scheduled());
}

export function accepted(result: Step): Extract<Step, { accepted: true }> {
  if (!result.accepted) throw new Error(`The machine refused with ${result.code}, it should have accepted.`);
  return result;
}

export const start = (seconds: number, nodeId = nodeA): MeetingEvent => ({
  type: 'start',
  at: at(seconds),
  nodeId,
  clinic,
});
export const join = (role: 'doctor' | 'patient', seconds: number, nodeId = nodeA): MeetingEvent => ({
  type: 'join',
  role,
  at: at(seconds),
  nodeId,
});
export const drop = (
  role: 'doctor' | 'patient',
  seat: number,
  seconds: number,
  cause: 'connection' | 'leave' | 'server' = 'connection',
  rules: ClinicRules = clinic,
): MeetingEvent => ({ type: 'drop', role, seat, cause, at: at(seconds), clinic: rules });
export const deadline = (role: 'doctor' | 'patient', absence: number, seconds: number): MeetingEvent => ({
  type: 'deadline',
  role,
  absence,
  at: at(seconds),
});
export const end = (seconds: number, by: 'doctor' | 'staff' | 'admin' = 'doctor'): MeetingEvent => ({
  type: 'end',
  by,
  at: at(seconds),
});
export const cancel = (seconds: number, by: 'doctor' | 'patient' | 'staff' | 'admin' = 'doctor'): MeetingEvent => ({
  type: 'cancel',
  by,
  at: at(seconds),
});
export const noShow = (seconds: number): MeetingEvent => ({ type: 'no_show', at: at(seconds), clinic });
export const tooLong = (seconds: number, rules: ClinicRules = clinic): MeetingEvent => ({
  type: 'max_duration',
  at: at(seconds),
  clinic: rules,
});
export const wait = (seconds: number): MeetingEvent => ({ type: 'wait', at: at(seconds) });
