/** How loud a microphone is, for a meter on the screen. */

export interface LevelMeter {
  /** From 0 (silence) to 1 (as loud as it gets), now. */
  level(): number;
  close(): void;
}

/** Quiet speech into a phone is about -50 dB; below that it is the room. */
const silenceDb = -60;

export function createLevelMeter(track: MediaStreamTrack): LevelMeter {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      // Browsers keep sound suspended until the person has touched the page.
      if (context.state === 'suspended') context.resume().catch(() => undefined);
      analyser.getFloatTimeDomainData(samples);
      return loudness(samples);
    },
    close() {
      source.disconnect();
      context.close().catch(() => undefined);
    },
  };
}

/** Root mean square on a scale of decibels, as ears hear it. */
export function loudness(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index += 1) sum += (samples[index] ?? 0) ** 2;
  const db = 10 * Math.log10(sum / Math.max(1, samples.length));
  return Math.min(1, Math.max(0, 1 - db / silenceDb));
}
