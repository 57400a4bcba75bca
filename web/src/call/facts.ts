/** What each fact from the server changes in what a screen sees, one line a fact. What it changes in media is in media/. */
import type { FactName, FactPayload } from '../../../signaling/protocol/index.ts';
import {
  type CallModel,
  withChat,
  withDropped,
  withFile,
  withMeeting,
  withoutParticipant,
  withParticipant,
  withQuality,
  withScore,
  withSending,
} from './call-state.ts';
import type { Fact } from './connection/link.ts';

interface Setting {
  /** Facts of other meetings of the same person are heard too, and change nothing here. */
  meetingId: string;
  /** Epoch milliseconds. */
  now: number;
}

type Change<N extends FactName> = (model: CallModel, payload: FactPayload<N>, setting: Setting) => CallModel;

const unchanged = (model: CallModel): CallModel => model;

const changes: { [N in FactName]: Change<N> } = {
  'meeting:changed': onMeeting,
  'meeting:started': onMeeting,
  'meeting:ended': onMeeting,
  'queue:changed': onQueue,
  'queue:updated': unchanged,
  'queue:messaged': unchanged,
  'queue:was-read': unchanged,
  'participant:joined': (model, { participant }) => withParticipant(model, participant),
  'participant:returned': (model, { participant }) => withParticipant(model, participant),
  'participant:dropped': (model, { participant, deadline }, { now }) => withDropped(model, participant, deadline, now),
  'participant:left': (model, { participant }) => withoutParticipant(model, participant.id),
  'media:sending': (model, { participantId, sending }) => withSending(model, participantId, sending),
  'media:quality': (model, { participantId, level }) => withQuality(model, participantId, level),
  'media:score': (model, told) => withScore(model, told),
  // Of pages, not of the call: the visit's payment is read there.
  'payment:changed': unchanged,
  'chat:sent': (model, line) => withChat(model, line),
  'file:shared': (model, file, { meetingId }) => (file.meetingId === meetingId ? withFile(model, file) : model),
  'guest:changed': unchanged,
  'guest:admitted': unchanged,
  'media:produced': unchanged,
  'media:closed': unchanged,
  'media:reset': unchanged,
  'media:unheard': unchanged,
  'signal:received': unchanged,
  'seat:taken': unchanged,
  'session:refresh': unchanged,
  'session:ended': unchanged,
  'server:draining': unchanged,
};

export function factApplied(model: CallModel, fact: Fact, setting: Setting): CallModel {
  // The table pairs each name with its own payload; TypeScript sees only the union of both.
  const change = changes[fact.name] as Change<FactName> | undefined;
  // A newer server may tell what this client does not know.
  return change ? change(model, fact.payload, setting) : model;
}

function onMeeting(model: CallModel, { meeting }: FactPayload<'meeting:changed'>, { meetingId }: Setting): CallModel {
  return meeting.id === meetingId ? withMeeting(model, meeting) : model;
}

function onQueue(model: CallModel, payload: FactPayload<'queue:changed'>, { meetingId }: Setting): CallModel {
  if (model.phase !== 'waiting' || !('position' in payload) || payload.meetingId !== meetingId) return model;
  return payload.position === model.position ? model : { ...model, position: payload.position };
}
