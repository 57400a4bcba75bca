/** `npm run bench -- chaos`: everything that may fail does, and no consultation is lost by it. */
import { median, spread } from '../figures.ts';
import { figure, table } from '../table.ts';
import { chaosSeed, usual } from './options.ts';
import { runChaos, type Verdict } from './run.ts';

const env = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

/** Throws when one meeting is not as its participants' acts imply. */
export async function reportChaos(say: (line: string) => void): Promise<string> {
  const verdict = await runChaos(
    {
      ...usual,
      seed: chaosSeed(),
      seconds: env('CHAOS_MINUTES', 30) * 60,
      meetings: env('CHAOS_MEETINGS', 100),
    },
    say,
  );
  if (verdict.faults.length > 0) throw new Error(`Seed ${verdict.seed}:\n${verdict.faults.join('\n')}`);
  return toTable(verdict);
}

export function toTable({ seed, held, fates, failures, leftovers }: Verdict): string {
  const rows = Object.entries(failures).map(([kind, { times, backMs }]) => {
    const seconds = backMs.map((ms) => ms / 1_000);
    const figures =
      seconds.length === 0
        ? ['', '', '']
        : [figure(median(seconds)), figure(spread(seconds).p95), figure(Math.max(...seconds))];
    return [kind, String(times), String(seconds.length), ...figures];
  });
  const ends = Object.entries(fates).map(([fate, count]) => `${count} ${fate}`);
  const head = ['failure', 'times', 'meetings asked', 'both back, median s', 'p95 s', 'worst s'];
  return `Seed ${seed}: ${held} meetings (${ends.join(', ')}), each as its participants' acts imply.\n\n${table(head, rows)}${leftovers.map((one) => `\n\nLeft over: ${one}.`).join('')}`;
}
