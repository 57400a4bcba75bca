/** Three soft tones by the chosen speaker, to hear whether the other one will be heard. */
import { playBy } from './device-list.ts';

const tonesHz = [523, 659, 784];
const toneSeconds = 0.35;
const loudness = 0.2;

/** Resolves when they have been played; rejects when the browser plays nothing. To be called in answer to a press. */
export async function playTestTone(speaker: string | null): Promise<void> {
  const context = new AudioContext();
  try {
    const way = context.createMediaStreamDestination();
    // By an element, because a speaker can be chosen for an element in every browser that lets one choose.
    const element = new Audio();
    element.srcObject = way.stream;
    await playBy(element, speaker);
    await Promise.all([element.play(), context.resume()]);
    const over = tonesHz.map((hz, index) => tone(context, way, { hz, at: context.currentTime + index * toneSeconds }));
    await over.at(-1);
    element.srcObject = null;
  } finally {
    await context.close();
  }
}

function tone(context: AudioContext, way: AudioNode, { hz, at }: { hz: number; at: number }): Promise<void> {
  const source = context.createOscillator();
  const volume = context.createGain();
  source.frequency.value = hz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(loudness, at + 0.03);
  volume.gain.linearRampToValueAtTime(0, at + toneSeconds);
  source.connect(volume).connect(way);
  source.start(at);
  source.stop(at + toneSeconds);
  return new Promise((resolve) => source.addEventListener('ended', () => resolve()));
}
