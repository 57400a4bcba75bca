import type { Actor } from '../platform/actor.ts';
import type { Doer } from './draft.ts';
import { type Assignment, seatOf } from './policy.ts';

/** How the timeline names an actor: by their seat in this meeting, else by what else they are here. */
export function doerOf(actor: Actor, meeting: Assignment, nodeId: string | null): Doer {
  const seat = seatOf(actor, meeting);
  if (seat === 'doctor') return { role: seat, id: meeting.doctorId, nodeId };
  if (seat === 'patient') return { role: seat, id: meeting.patientId, nodeId };
  const role = (['admin', 'staff', 'doctor', 'lab'] as const).find((one) => actor.roles.includes(one)) ?? 'patient';
  const own = { doctor: actor.practitionerId, patient: actor.patientId, admin: null, staff: null, lab: null }[role];
  return { role, id: own ?? actor.userId, nodeId };
}
