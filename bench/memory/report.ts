/** The memory of waiting patients and of consultations as Markdown. */
import { compare } from '../figures.ts';
import { figure, ratio, table } from '../table.ts';
import { type MeasuredMemory, measureMemory } from './measure.ts';

const rounds = 3;
const words = { rss: 'resident set', heap: 'JavaScript heap', external: 'buffers' } as const;

export async function reportMemory(say: (line: string) => void): Promise<string> {
  const { waiting, consulting } = await measureMemory(rounds, say);
  return [
    tableOf('memory of a waiting patient', 'bare connection kB', waiting),
    tableOf('memory of a consultation', 'minimal mediasoup server kB', consulting),
  ].join('\n\n');
}

function tableOf(title: string, floorTitle: string, measured: MeasuredMemory): string {
  const rows = (['rss', 'heap', 'external'] as const).map((kind) => {
    const { thing, floor, ratio: compared } = compare(measured[kind]);
    return [words[kind], figure(thing / 1024), figure(floor / 1024), ratio(compared)];
  });
  return table([title, 'Housecall kB', floorTitle, 'ratio'], rows);
}
