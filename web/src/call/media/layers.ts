/** A camera's picture in two sizes at once (simulcast), so that each receiver gets what their screen and their network can use. */
import type { RtpParameters } from '../../../../signaling/protocol/index.ts';

/** Lines of the picture that a camera is asked for. */
export const pictureLines = 480;
/** bit/s above which a face on a phone looks no better. */
export const videoMaxBitrate = 800_000;

/** The smallest first, as WebRTC orders them; each has half the lines of the next. */
export const cameraEncodings = [
  { scaleResolutionDownBy: 2, maxBitrate: 200_000 },
  { scaleResolutionDownBy: 1, maxBitrate: videoMaxBitrate },
] as const;

/** How many sizes of it can be had, as its scalability mode says (W3C WebRTC SVC, section 6); 1 where there is but one. */
export function layersOf({ encodings }: Pick<RtpParameters, 'encodings'>): number {
  return Number(/^[LS](\d)/.exec(encodings?.[0]?.scalabilityMode ?? '')?.[1] ?? 1);
}

/** The smallest layer that has as many lines as are shown; the best one while nobody has said how many those are. */
export function layerFor(shownLines: number | undefined, layers: number): number {
  if (shownLines === undefined) return layers - 1;
  const enough = Math.ceil(layers - 1 + Math.log2(Math.max(shownLines, 1) / pictureLines));
  return Math.min(layers - 1, Math.max(0, enough));
}
