/** Text taken apart into stretches of one font each. */
import { type Face, facesOf, type Weight } from './faces.ts';

export interface Run {
  text: string;
  face: Face;
}

/** Letters with their marks: these stay together, and in one font where one has them all. */
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function faceFor(grapheme: string, faces: readonly Face[]): Face | undefined {
  const points = Array.from(grapheme, (letter) => letter.codePointAt(0) ?? 0);
  return faces.find((face) => points.every((point) => face.has(point)));
}

/** As it is drawn: composed (UAX #15), and without what has no shape. */
export function drawable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- They are what is looked for.
  return text.normalize('NFC').replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

/** The letters of `text` that no font here has, each once. A caller decides whether what is left may stand on paper. */
export function unwritable(text: string): string[] {
  const faces = facesOf('regular');
  const missing = Array.from(graphemes.segment(drawable(text)), ({ segment }) => segment).filter(
    (segment) => faceFor(segment, faces) === undefined,
  );
  return [...new Set(missing)];
}

/** Spaces stay in the font that is on. What no font has becomes the empty box of the first. */
export function runsOf(text: string, weight: Weight): Run[] {
  const faces = facesOf(weight);
  const runs: Run[] = [];
  for (const { segment } of graphemes.segment(drawable(text))) {
    const last = runs.at(-1);
    const face = segment === ' ' && last?.face.has(0x20) ? last.face : (faceFor(segment, faces) ?? faces[0]);
    if (!face) continue;
    if (last?.face === face) last.text += segment;
    else runs.push({ text: segment, face });
  }
  return runs;
}
