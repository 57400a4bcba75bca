/** The sound and the vibration that tell somebody that it is their turn: only after they asked for it. */

export interface Ring {
  /** To be called in answer to a press: browsers let nothing be heard before. False when this browser plays no sound. */
  allow(): boolean;
  forbid(): void;
  readonly isAllowed: boolean;
  /** Does nothing unless it is allowed. */
  ring(): void;
}

/** Two tones, like a door bell. Hertz, and seconds from the beginning. */
const tones = [
  { hertz: 660, at: 0 },
  { hertz: 550, at: 0.35 },
];

export function createRing(newContext: () => AudioContext): Ring {
  let context: AudioContext | null = null;
  return {
    get isAllowed() {
      return context !== null;
    },
    allow() {
      try {
        context ??= newContext();
        void context.resume();
        return true;
      } catch {
        return false;
      }
    },
    forbid() {
      void context?.close();
      context = null;
    },
    ring() {
      if (!context) return;
      for (const tone of tones) sound(context, tone);
      navigator.vibrate?.([200, 100, 200]);
    },
  };
}

function sound(context: AudioContext, { hertz, at }: (typeof tones)[number]): void {
  const start = context.currentTime + at;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0.0001, start);
  gain.gain.exponentialRampToValueAtTime(0.3, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.6);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.65);
}

/** One a page: what was allowed stays so from the waiting room into the visit and back. */
export const ring: Ring = createRing(() => new AudioContext());
