/** Looks at a running test a few times a second's worth apart, and sums it up. */
import { type Counts, countsOf, figuresBetween } from './counts.ts';
import type { Echo } from './echo.ts';
import type { Figures } from './verdict.ts';

/** What a line can carry is found within this time; what goes before is not counted. */
const warmUpMs = 2_000;
const measureMs = 7_000;
const everyMs = 500;

/** `progress` hears shares of the whole, 0 to 1. Ends early, with what there is, when `signal` says so. */
export async function measure(echo: Echo, signal: AbortSignal, progress: (share: number) => void): Promise<Figures> {
  const begun = performance.now();
  const looks: Counts[] = [];
  while (!signal.aborted && performance.now() - begun < warmUpMs + measureMs) {
    await pause(everyMs, signal);
    const passed = performance.now() - begun;
    progress(Math.min(1, passed / (warmUpMs + measureMs)));
    if (passed < warmUpMs) continue;
    const [up, down] = await Promise.all([echo.up(), echo.down()]);
    looks.push(countsOf([up], [down], performance.now()));
  }
  const [first] = looks;
  const last = looks.at(-1);
  if (!first || !last) throw new Error('The test was over before anything was measured.');
  return figuresBetween(first, last, looks);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
