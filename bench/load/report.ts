/** The figures of starts and joins as Markdown. */
import { compare } from '../figures.ts';
import { figure, ratio, table } from '../table.ts';
import { type MeasuredCall, measureCalls } from './measure.ts';
import type { Figures } from './round.ts';

/** Fewer for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const words: Record<keyof Figures, string> = {
  p50: 'p50 ms',
  p95: 'p95 ms',
  p99: 'p99 ms',
  callsPerSecond: 'calls/s',
  cpuMsPerCall: 'CPU ms/call',
};
const metrics = Object.keys(words) as (keyof Figures)[];

export async function reportCalls(say: (line: string) => void): Promise<string> {
  const measured = await measureCalls(rounds, say);
  const rows = measured.map((one) => [`\`${one.call}\`, ${one.load}`, ...metrics.map((metric) => cell(one, metric))]);
  return table(['Housecall / floor = ratio', ...Object.values(words)], rows);
}

function cell({ rounds, isPaced }: MeasuredCall, metric: keyof Figures): string {
  // Where the bench sets the pace, how many calls there are says nothing about the server.
  if (isPaced && metric === 'callsPerSecond') return '';
  const compared = compare(rounds.map(({ thing, floor }) => ({ thing: thing[metric], floor: floor[metric] })));
  return `${figure(compared.thing)} / ${figure(compared.floor)} = ${ratio(compared.ratio)}`;
}
