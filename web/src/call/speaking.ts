/** Who of the others is speaking, by how loud their sound arrives. */

export interface VoiceLevel {
  participantId: string;
  /** From 0 (silence) to 1 (as loud as can be sent), linear (W3C WebRTC, RTCRtpContributingSource.audioLevel). */
  level: number;
}

export interface SpeakerState {
  /** Null while nobody speaks. */
  speaker: string | null;
  /** Epoch milliseconds at which the speaker was last heard. */
  heardAt: number;
}

/** Quieter than this is breath and the room: -36 dB. */
const voice = 0.016;
/** A pause between two words is not an end. */
const pauseMs = 1_500;
/** Whoever interrupts has to be clearly louder than the one who speaks. */
const clearly = 1.6;

const lookMs = 250;

/** Pure: what a look at everybody's levels makes of who was speaking. */
export function nextSpeaker(state: SpeakerState, levels: readonly VoiceLevel[], now: number): SpeakerState {
  const loudest = levels.toSorted((a, b) => b.level - a.level)[0];
  if (!loudest || loudest.level < voice) {
    return now - state.heardAt > pauseMs ? { ...state, speaker: null } : state;
  }
  const current = levels.find(({ participantId }) => participantId === state.speaker)?.level ?? 0;
  const isKept = state.speaker !== null && current >= voice && loudest.level < current * clearly;
  return { speaker: isKept ? state.speaker : loudest.participantId, heardAt: now };
}

/** Hears each change. Answers how to stop. */
export function watchSpeaker(
  levels: () => readonly VoiceLevel[],
  changed: (speaker: string | null) => void,
): () => void {
  let state: SpeakerState = { speaker: null, heardAt: 0 };
  const timer = setInterval(() => {
    const next = nextSpeaker(state, levels(), Date.now());
    const isNew = next.speaker !== state.speaker;
    state = next;
    if (isNew) changed(next.speaker);
  }, lookMs);
  return () => clearInterval(timer);
}

/** How loud a receiver's sound is now; null where the browser does not say, or nothing has come for a while. */
export function levelOf(receiver: RTCRtpReceiver | undefined, participantId: string): VoiceLevel | null {
  const [source] = receiver?.getSynchronizationSources() ?? [];
  // A level outlives its packet by up to 10 s: an old one says nothing of now.
  if (source?.audioLevel === undefined || performance.timeOrigin + performance.now() - source.timestamp > 1_000) {
    return null;
  }
  return { participantId, level: source.audioLevel };
}
