/** `npm run load`: scripted consultations over real sockets against a running server, with a report at the end. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chance } from '../bench/pace.ts';
import { consult, type Script } from './consultation.ts';
import { type Options, readOptions, usage } from './options.ts';
import { makeCrew } from './people.ts';
import { toHtml, toReport } from './report.ts';
import { createTally } from './tally.ts';

const say = (line: string): void => console.error(line);

async function run(options: Options, signal: AbortSignal): Promise<boolean> {
  const crew = await makeCrew(options, say);
  const tally = createTally();
  const random = chance(options.seed);
  const script: Script = { options, crew, tally, random, signal };
  const over = performance.now() + options.minutes * 60_000;
  const timer = setInterval(() => {
    const { at, active, calls, failures, p99 } = tally.tick();
    if (at % 5 === 0)
      say(`${at} s: ${active} consultations, ${calls} calls/s, p99 ${p99?.toFixed(0) ?? '–'} ms, ${failures} failed`);
  }, 1_000);
  /** One after the other in each lane; lanes begin spread over the length of one consultation, as a day's visits do. */
  const lane = async (index: number) => {
    const spread = Math.min(options.seconds * 1_000, options.minutes * 30_000);
    await pause(random() * spread, undefined, { signal });
    while (performance.now() < over && !signal.aborted) await consult(script, index);
  };
  await Promise.allSettled(Array.from({ length: options.meetings }, (_, index) => lane(index)));
  clearInterval(timer);
  tally.tick();
  const report = toReport(options, tally);
  await mkdir(options.out, { recursive: true });
  await writeFile(path.join(options.out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(path.join(options.out, 'report.html'), toHtml(report));
  const { finished, begun, dropped, returned } = tally.counts;
  say(`${finished} of ${begun} consultations finished, ${returned} of ${dropped} returned; ${options.out}/report.html`);
  return finished === begun && returned === dropped;
}

if (process.argv.includes('--help')) {
  console.log(usage);
} else {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  try {
    process.exitCode = (await run(readOptions(process.argv.slice(2)), stop.signal)) ? 0 : 1;
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
  }
}
