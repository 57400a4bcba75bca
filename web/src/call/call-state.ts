/** What a call looks like, and how each thing that happens changes it. Pure: a state and a happening give the next state. */
import type {
  ChatLine,
  Joined,
  Meeting,
  Participant,
  QualityLevel,
  SendingState,
} from '../../../signaling/protocol/index.ts';
import type { CallState, RemoteView, SharedNews } from './call.ts';

/** Which of a participant's tracks arrive here, and the stream that they arrive in. */
export interface RemoteTracks {
  stream: MediaStream;
  audio: boolean;
  video: boolean;
}

/** The view of the screens, with what is needed to work it out again. */
export interface RemoteEntry extends RemoteView {
  tracks: RemoteTracks | null;
  /** Their screen as it arrives, whether or not they say that they share it. */
  screenTracks: MediaStream | null;
}

export interface CallModel extends CallState {
  remotes: readonly RemoteEntry[];
  /** The server holds a seat for the link in use: what is asked of the room now is carried out. */
  hasSeat: boolean;
}

export function initialModel(): CallModel {
  return {
    phase: 'idle',
    meeting: null,
    position: null,
    self: null,
    remotes: [],
    local: { stream: null, microphone: true, camera: true, fault: null },
    reconnect: null,
    failure: null,
    mediaSince: null,
    ownScore: null,
    soundFirst: [],
    chat: [],
    files: [],
    ownScreen: null,
    speaker: null,
    returnWindowMs: null,
    hasSeat: false,
  };
}

/** Facts may arrive twice or late: the higher version is the newer. */
export function withMeeting(model: CallModel, meeting: Meeting): CallModel {
  if (model.meeting && (model.meeting.id !== meeting.id || model.meeting.version >= meeting.version)) return model;
  return { ...model, meeting };
}

export function withJoined(model: CallModel, joined: Joined): CallModel {
  const known = new Map(model.remotes.map((entry) => [entry.participant.id, entry]));
  const remotes = joined.participants.map((participant) => entryOf(participant, known.get(participant.id)));
  const { self, returnWindowSeconds } = joined;
  return {
    ...withMeeting(model, joined.meeting),
    phase: 'in-call',
    hasSeat: true,
    self,
    remotes,
    position: null,
    reconnect: null,
    failure: null,
    returnWindowMs: returnWindowSeconds * 1_000,
    ownScore: null,
    soundFirst: [],
  };
}

/** Whoever comes, goes or drops is not on the connection that they were on. */
export function withParticipant(before: CallModel, participant: Participant): CallModel {
  const model = before.self?.id === participant.id ? before : withPicturesOf(before, participant.id);
  if (model.self?.id === participant.id) return { ...model, self: participant };
  const isKnown = model.remotes.some((entry) => entry.participant.id === participant.id);
  if (!isKnown) return { ...model, remotes: [...model.remotes, entryOf(participant)] };
  return changeRemote(model, participant.id, (entry) => entryOf(participant, entry));
}

export function withoutParticipant(model: CallModel, participantId: string): CallModel {
  return {
    ...withPicturesOf(model, participantId),
    remotes: model.remotes.filter((entry) => entry.participant.id !== participantId),
  };
}

/** Somebody is away until `deadline`. What that tells of the clinic's window holds for everyone of the same role. */
export function withDropped(model: CallModel, participant: Participant, deadline: string, now: number): CallModel {
  const next = withParticipant(model, { ...participant, deadline: participant.deadline ?? deadline });
  if (participant.role !== model.self?.role) return next;
  return { ...next, returnWindowMs: Math.max(0, Date.parse(deadline) - now) };
}

export function withSending(model: CallModel, participantId: string, sending: SendingState): CallModel {
  return changeRemote(model, participantId, (entry) => entryOf({ ...entry.participant, sending }, entry));
}

export function withTracks(model: CallModel, participantId: string, tracks: RemoteTracks | null): CallModel {
  return changeRemote(model, participantId, (entry) => entryOf(entry.participant, { ...entry, tracks }));
}

export function withScreen(model: CallModel, participantId: string, stream: MediaStream | null): CallModel {
  return changeRemote(model, participantId, (entry) => entryOf(entry.participant, { ...entry, screenTracks: stream }));
}

/** Nobody speaks when it is null. */
export function withSpeaker(model: CallModel, speaker: string | null): CallModel {
  const remotes = model.remotes.map((entry) => {
    const isSpeaking = entry.participant.id === speaker;
    return entry.isSpeaking === isSpeaking ? entry : { ...entry, isSpeaking };
  });
  return { ...model, speaker, remotes };
}

export function withQuality(model: CallModel, participantId: string, quality: QualityLevel): CallModel {
  return changeRemote(model, participantId, (entry) => (entry.quality === quality ? entry : { ...entry, quality }));
}

export function withStalled(model: CallModel, participantId: string, isStalled: boolean): CallModel {
  return changeRemote(model, participantId, (entry) =>
    entry.isStalled === isStalled ? entry : { ...entry, isStalled },
  );
}

/** Told again with every report, so that who comes in later hears it too. */
export function withScore(
  model: CallModel,
  { participantId, score, soundFirst }: { participantId: string; score: number; soundFirst: boolean },
): CallModel {
  const isOwn = model.self?.id === participantId;
  const next = isOwn && model.ownScore !== score ? { ...model, ownScore: score } : model;
  if (!soundFirst) return withPicturesOf(next, participantId);
  return next.soundFirst.includes(participantId) ? next : { ...next, soundFirst: [...next.soundFirst, participantId] };
}

/** Their connection carries pictures again, or is another one. */
function withPicturesOf(model: CallModel, participantId: string): CallModel {
  if (!model.soundFirst.includes(participantId)) return model;
  return { ...model, soundFirst: model.soundFirst.filter((id) => id !== participantId) };
}

/** A line that was sent again after a lost answer is one line. */
export function withChat(model: CallModel, line: ChatLine): CallModel {
  const isKnown = model.chat.some(
    (one) => one.id === line.id || (one.from === line.from && one.clientId === line.clientId),
  );
  return isKnown ? model : { ...model, chat: [...model.chat, line] };
}

/** Told twice, it lies there once. */
export function withFile(model: CallModel, file: SharedNews): CallModel {
  if (model.files.some(({ uploadId }) => uploadId === file.uploadId)) return model;
  return { ...model, files: [...model.files, file] };
}

/** The connection is gone. In the room that is a phase of its own; before it, one only waits a little longer. */
export function withLost(model: CallModel, now: number): CallModel {
  if (!['connecting', 'waiting', 'in-call', 'reconnecting'].includes(model.phase)) return model;
  const isInside = model.phase === 'in-call' || model.phase === 'reconnecting';
  // A window of 0 keeps no place, so there is no time to tell.
  const until = isInside && model.returnWindowMs ? now + model.returnWindowMs : null;
  const reconnect = model.reconnect ?? { since: now, until, attempts: 0 };
  return { ...model, phase: isInside ? 'reconnecting' : model.phase, hasSeat: false, reconnect };
}

export function withAttempt(model: CallModel, attempts: number, now: number): CallModel {
  const lost = withLost(model, now);
  return lost.reconnect ? { ...lost, reconnect: { ...lost.reconnect, attempts } } : lost;
}

/** Nothing of anyone's picture or sound is left: the call is over, left, or elsewhere. */
export function withoutMedia(model: CallModel): CallModel {
  const remotes = model.remotes.map((entry) => ({ ...entryOf(entry.participant), quality: null, isStalled: false }));
  return { ...model, remotes, hasSeat: false, reconnect: null, position: null, mediaSince: null, speaker: null };
}

function changeRemote(model: CallModel, id: string, change: (entry: RemoteEntry) => RemoteEntry): CallModel {
  let isChanged = false;
  const remotes = model.remotes.map((entry) => {
    const next = entry.participant.id === id ? change(entry) : entry;
    isChanged ||= next !== entry;
    return next;
  });
  return isChanged ? { ...model, remotes } : model;
}

/** Picture and sound are there when a track arrives and its owner says that it is on. */
function entryOf(
  participant: Participant,
  before?: Pick<RemoteEntry, 'tracks' | 'quality' | 'isStalled' | 'screenTracks' | 'isSpeaking'>,
): RemoteEntry {
  const tracks = before?.tracks ?? null;
  return {
    participant,
    tracks,
    stream: tracks?.stream ?? null,
    hasVideo: (tracks?.video ?? false) && participant.sending.video,
    hasAudio: (tracks?.audio ?? false) && participant.sending.audio,
    quality: before?.quality ?? null,
    isStalled: participant.presence === 'present' && (before?.isStalled ?? false),
    screen: participant.sending.screen === true ? (before?.screenTracks ?? null) : null,
    screenTracks: before?.screenTracks ?? null,
    isSpeaking: participant.presence === 'present' && (before?.isSpeaking ?? false),
  };
}
