/** The figures of starts and joins as Markdown. */
import { compare } from '../figures.ts';
import { figure, ratio, table } from '../table.ts';
import { measureCalls } from './measure.ts';
import type { Figures } from './round.ts';

const rounds = 5;
const words: Record<keyof Figures, string> = {
  p50: 'p50 ms',
  p95: 'p95 ms',
  p99: 'p99 ms',
  callsPerSecond: 'calls/s',
  cpuMsPerCall: 'server CPU ms/call',
};
const metrics = Object.keys(words) as (keyof Figures)[];

export async function reportCalls(say: (line: string) => void): Promise<string> {
  const measured = await measureCalls(rounds, say);
  const rows = measured.flatMap(({ call, load, rounds }) =>
    metrics.map((metric) => {
      const compared = compare(rounds.map(({ thing, floor }) => ({ thing: thing[metric], floor: floor[metric] })));
      return [
        `\`${call}\``,
        load,
        words[metric],
        figure(compared.thing),
        figure(compared.floor),
        ratio(compared.ratio),
      ];
    }),
  );
  return table(['call', 'load', 'figure', 'Housecall', 'floor', 'ratio'], rows);
}
