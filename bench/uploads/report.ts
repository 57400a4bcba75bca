/** Uploads as Markdown. */
import { median } from '../figures.ts';
import { figure, ratio, table } from '../table.ts';
import { atOnce, bytesEach, type MeasuredUploads, measureUploads } from './measure.ts';

const mb = 1_048_576;

export async function reportUploads(say: (line: string) => void): Promise<string> {
  const measured = await measureUploads(say);
  const memory = `What ${atOnce} files of 5 MB at once add to the resident set (they hold ${(atOnce * bytesEach) / mb} MB):`;
  return [speeds(measured), memory, growth(measured)].join('\n\n');
}

function speeds(measured: readonly MeasuredUploads[]): string {
  const rows = measured.map(({ name, bytes, thing, floor }) => {
    const [ours, theirs] = [median(thing.perSecond), median(floor.perSecond)];
    const quotient = median(thing.perSecond.map((one, round) => one / (floor.perSecond[round] ?? one)));
    return [name, figure(bytes / mb), figure(ours), figure((ours * bytes) / mb), figure(theirs), ratio(quotient)];
  });
  const head = [`${atOnce} uploads at once`, 'MB each', 'Housecall files/s', 'MB/s', 'floor files/s', 'ratio'];
  return table(head, rows);
}

function growth(measured: readonly MeasuredUploads[]): string {
  const more = ({ before, most }: MeasuredUploads['thing']) =>
    most.map((one) => figure((one - before) / mb)).join(', ');
  const rows = measured.map(({ name, thing, floor }) => [name, figure(thing.before / mb), more(thing), more(floor)]);
  return table(['uploads', 'before, MB', 'more at most, MB, by round', 'floor, MB, by round'], rows);
}
