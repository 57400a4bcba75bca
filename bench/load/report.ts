/** The figures of starts and joins as Markdown. */
import { compare } from '../figures.ts';
import { figure, ratio, table } from '../table.ts';
import { type Metric, measureCalls, metrics } from './measure.ts';

const rounds = 6;
const words: Record<Metric, string> = {
  p50: 'p50 ms',
  p95: 'p95 ms',
  p99: 'p99 ms',
  callsPerSecond: 'calls/s',
  cpuMsPerCall: 'server CPU ms/call',
};

export async function reportCalls(say: (line: string) => void): Promise<string> {
  const measured = await measureCalls(rounds, say);
  const rows = measured.flatMap(({ call, inFlight, rounds }) =>
    metrics.map((metric) => {
      const compared = compare(rounds[metric]);
      return [
        `\`${call}\``,
        String(inFlight),
        words[metric],
        figure(compared.thing),
        figure(compared.floor),
        ratio(compared.ratio),
      ];
    }),
  );
  return table(['call', 'in flight', 'figure', 'Housecall', 'floor', 'ratio'], rows);
}
