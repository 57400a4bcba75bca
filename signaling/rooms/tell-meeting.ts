/** What a committed transition means in the live rooms: facts to tell, seats to give up, media to close. */
import type { MeetingChanged, MeetingGate, RoomEffect } from '../meeting-gate.ts';
import type { Participant } from '../protocol/index.ts';
import { type Announcer, meetingChannel, personChannel } from './channels.ts';
import type { Registry } from './registry.ts';
import { presentParticipant } from './room.ts';
import { tellQueue } from './tell-queue.ts';

export interface TellDeps {
  announcer: Announcer;
  registry: Registry;
  gate: MeetingGate;
}

/** Harmless twice: facts carry the meeting's version, closing is idempotent, an old seat number moves nobody. */
export async function tellMeeting(deps: TellDeps, change: MeetingChanged): Promise<void> {
  const { tenantId, meeting } = change;
  const room = meetingChannel(tenantId, meeting.id);
  const doctor = personChannel(tenantId, meeting.doctorId);
  const everyone = [room, doctor, personChannel(tenantId, meeting.patientId)];
  deps.announcer.tell(everyone, 'meeting:changed', { meeting });
  for (const effect of change.effects) {
    if (effect.type === 'started') deps.announcer.tell(everyone, 'meeting:started', { meeting });
    else if (effect.type === 'ended') await end(deps, change, everyone);
    else if (effect.type !== 'queue') tellPresence(deps, change, effect);
  }
  for (const doctorId of queuesOf(change)) await tellQueue(deps, tenantId, doctorId);
}

/** Whose queues are others by it: who waits is told that the doctor is in a consultation, or free again. */
function queuesOf({ meeting, effects }: MeetingChanged): Set<string> {
  return new Set(
    effects.flatMap((effect) => {
      if (effect.type === 'queue') return [effect.doctorId ?? meeting.doctorId];
      const isBusyOrFree = effect.type === 'started' || (effect.type === 'ended' && meeting.startedAt !== null);
      return isBusyOrFree ? [meeting.doctorId] : [];
    }),
  );
}

async function end(deps: TellDeps, { tenantId, meeting }: MeetingChanged, everyone: string[]): Promise<void> {
  deps.announcer.tell(everyone, 'meeting:ended', { meeting });
  await deps.registry.over(tenantId, meeting.id, meeting.endReason ?? meeting.status);
}

type PresenceEffect = Exclude<RoomEffect, { type: 'started' | 'ended' | 'queue' }>;

function tellPresence(deps: TellDeps, change: MeetingChanged, effect: PresenceEffect): void {
  const { tenantId, meeting } = change;
  const person = change.attendance.find((one) => one.role === effect.role);
  if (!person) return;
  const live = deps.registry.find(tenantId, meeting.id);
  const participant: Participant = live?.present(person) ?? presentParticipant(person);
  const channel = [meetingChannel(tenantId, meeting.id)];
  if (effect.type === 'dropped') {
    deps.announcer.tell(channel, 'participant:dropped', { participant, deadline: effect.deadline });
    return;
  }
  const { participantId } = person;
  const taken = effect.type === 'left' ? null : { participantId, seat: effect.seat };
  if (taken) deps.registry.outseatHere(tenantId, meeting.id, taken);
  // Not to themselves; where the room is on another node, this one does not know which of their sockets sits in it.
  const own = live ? live.session(participantId)?.id : personChannel(tenantId, participantId);
  deps.announcer.tell(channel, `participant:${effect.type}`, { participant }, own ? [own] : []);
  if (taken) deps.registry.outseatElsewhere(tenantId, meeting.id, taken);
}
