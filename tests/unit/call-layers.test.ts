/** Which size of a picture is asked for. */
import { describe, expect, it } from '@jest/globals';
import { cameraEncodings, layerFor, layersOf, pictureLines } from '../../web/src/call/media/layers.ts';
import { videoStartKbps } from '../../web/src/call/media/outgoing.ts';

const withMode = (scalabilityMode?: string) => ({ encodings: [{ ...(scalabilityMode && { scalabilityMode }) }] });

describe('of a picture in several sizes', () => {
  it('the smallest that has as many lines as are shown is asked for, and none better than there is', () => {
    expect([0, 1, 240, 241, 480, 2_000].map((lines) => layerFor(lines, 2))).toEqual([0, 0, 0, 1, 1, 1]);
    expect([120, 121, 240, 241, 480].map((lines) => layerFor(lines, 3))).toEqual([0, 1, 1, 2, 2]);
    expect(layerFor(100, 1)).toBe(0);
  });

  it('the best is asked for while nobody knows how large it is shown', () => {
    expect([1, 2, 3].map((layers) => layerFor(undefined, layers))).toEqual([0, 1, 2]);
  });

  it('there are as many as its scalability mode says', () => {
    expect(['S2T3', 'L3T1', 'L1T3', 'S1T1', undefined, 'odd'].map((mode) => layersOf(withMode(mode)))).toEqual([
      2, 3, 1, 1, 1, 1,
    ]);
    expect(layersOf({})).toBe(1);
  });

  it('none has to wait until the network has been measured', () => {
    const together = cameraEncodings.reduce((sum, { maxBitrate }) => sum + maxBitrate, 0);
    expect(videoStartKbps * 1_000).toBeGreaterThanOrEqual(together);
  });

  it('the camera sends each with half the lines of the next, and the last one whole', () => {
    expect(cameraEncodings.map(({ scaleResolutionDownBy }) => pictureLines / scaleResolutionDownBy)).toEqual([
      240, 480,
    ]);
  });
});
