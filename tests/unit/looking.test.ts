/** src/platform/jobs/looking.ts: how often several processes look for the same. */
import { expect, it } from '@jest/globals';
import { lookEvery, pauseOf } from '../../src/platform/jobs/looking.ts';
import { until } from '../support/until.ts';

it.each([
  ['one alone looks as often as it would', 1, 1_000],
  ['two look half as often each', 2, 2_000],
  ['many leave nothing for longer than four pauses', 40, 4_000],
  ['none that it hears is itself', 0, 1_000],
])('%s', (_, lookers, pauseMs) => {
  expect(pauseOf(1_000, () => lookers)).toBe(pauseMs);
});

it('looks again after as long as is said then, until it is stopped, also by the look itself', async () => {
  let looks = 0;
  const asked: number[] = [];
  const pause = () => asked.push(looks);
  await new Promise<void>((resolve) => {
    const stop = lookEvery(pause, () => {
      looks += 1;
      if (looks < 3) return;
      stop();
      resolve();
    });
  });
  let later = 0;
  const stop = lookEvery(
    () => 1,
    () => void (later += 1),
  );
  // As many looks of another again: the stopped one would have looked too.
  await until('another has looked as often', () => later >= 5);
  stop();
  expect({ looks, asked }).toEqual({ looks: 3, asked: [0, 0, 1, 2] });
});
