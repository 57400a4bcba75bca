/** `npm run bench -- chaos`: everything that may fail does, and no consultation is lost by it. */
import { median, spread } from '../figures.ts';
import { figure, table } from '../table.ts';
import { failureKinds } from './failures.ts';
import { type ChaosOptions, chaosSeed, usual } from './options.ts';
import { runChaos, type Verdict } from './run.ts';

const env = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

/** Throws when one meeting is not as its participants' acts imply, or a node holds a room for nobody. */
export async function reportChaos(say: (line: string) => void): Promise<string> {
  const options: ChaosOptions = {
    ...usual,
    seed: chaosSeed(),
    seconds: env('CHAOS_MINUTES', 30) * 60,
    meetings: env('CHAOS_MEETINGS', 100),
  };
  const verdict = await runChaos(options, say);
  const told = toTable(verdict, options);
  if (verdict.faults.length === 0) return told;
  say(told);
  throw new Error(`Seed ${verdict.seed} has found ${verdict.faults.length}:\n${verdict.faults.join('\n')}`);
}

export function toTable(
  { seed, held, fates, failures, faults }: Verdict,
  { seconds, meetings }: Pick<ChaosOptions, 'seconds' | 'meetings'>,
): string {
  const rows = failureKinds.flatMap((kind) => {
    const tally = failures.get(kind);
    return tally ? [[kind, String(tally.times), String(tally.apartMs.length), ...figuresOf(tally.apartMs)]] : [];
  });
  const times = [...failures.values()].reduce((sum, tally) => sum + tally.times, 0);
  const ends = Object.entries(fates).map(([fate, count]) => `${count} ${fate}`);
  const verdict = faults.length === 0 ? 'each is as its participants’ acts imply' : `${faults.length} faults`;
  const head = ['failure', 'times', 'meetings asked', 'apart, median s', 'p95 s', 'worst s'];
  return [
    `Seed ${seed}, ${figure(seconds / 60)} minutes, ${meetings} meetings at a time, ${times} failures: ` +
      `${held} meetings (${ends.join(', ')}): ${verdict}.`,
    '',
    table(head, rows),
  ].join('\n');
}

function figuresOf(apartMs: readonly number[]): string[] {
  const seconds = apartMs.map((ms) => ms / 1_000);
  if (seconds.length === 0) return ['', '', ''];
  return [median(seconds), spread(seconds).p95, Math.max(...seconds)].map(figure);
}
