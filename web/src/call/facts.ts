/** What each fact from the server changes in what a screen sees. What it changes in media is in media/. */
import {
  type CallModel,
  withChat,
  withDropped,
  withMeeting,
  withoutParticipant,
  withParticipant,
  withQuality,
  withSending,
} from './call-state.ts';
import type { Fact } from './connection/link.ts';

/** Facts of other meetings of the same person are heard too, and change nothing here. */
export function factApplied(model: CallModel, fact: Fact, meetingId: string, now: number): CallModel {
  const { name, payload } = fact;
  switch (name) {
    case 'meeting:changed':
    case 'meeting:started':
    case 'meeting:ended':
      return payload.meeting.id === meetingId ? withMeeting(model, payload.meeting) : model;
    case 'queue:changed':
      if (model.phase !== 'waiting' || !('position' in payload) || payload.meetingId !== meetingId) return model;
      return payload.position === model.position ? model : { ...model, position: payload.position };
    case 'participant:joined':
    case 'participant:returned':
      return withParticipant(model, payload.participant);
    case 'participant:dropped':
      return withDropped(model, payload.participant, payload.deadline, now);
    case 'participant:left':
      return withoutParticipant(model, payload.participant.id);
    case 'media:sending':
      return withSending(model, payload.participantId, payload.sending);
    case 'media:quality':
      return withQuality(model, payload.participantId, payload.level);
    case 'chat:sent':
      return withChat(model, payload);
    case 'media:produced':
    case 'media:closed':
    case 'media:reset':
    case 'signal:received':
    case 'seat:taken':
    case 'session:refresh':
    case 'server:draining':
      return model;
  }
}
