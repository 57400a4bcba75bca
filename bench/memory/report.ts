/** The memory of waiting patients as Markdown. */
import { compare } from '../figures.ts';
import { figure, ratio, table } from '../table.ts';
import { measureMemory } from './measure.ts';

const rounds = 3;
const words = { rss: 'resident set', heap: 'JavaScript heap', external: 'buffers' } as const;

export async function reportMemory(say: (line: string) => void): Promise<string> {
  const measured = await measureMemory(rounds, say);
  const rows = (['rss', 'heap', 'external'] as const).map((kind) => {
    const { thing, floor, ratio: compared } = compare(measured[kind]);
    return [words[kind], figure(thing / 1024), figure(floor / 1024), ratio(compared)];
  });
  return table(['memory of a waiting patient', 'Housecall kB', 'bare connection kB', 'ratio'], rows);
}
