/** Uploads as Markdown. */
import { median } from '../figures.ts';
import { figure, table } from '../table.ts';
import { atOnce, bytesEach, measureUploads } from './measure.ts';

const mb = 1_048_576;

export async function reportUploads(say: (line: string) => void): Promise<string> {
  const measured = await measureUploads(say);
  const rows = measured.map(({ name, perSecond, before, most }) => {
    const rate = median(perSecond);
    const growth = most.map((one) => figure((one - before) / mb)).join(', ');
    return [name, figure(rate), figure((rate * bytesEach) / mb), figure(before / mb), growth];
  });
  const head = [
    '50 uploads of 5 MB at once',
    'files/s',
    'MB/s',
    'resident set before, MB',
    'more at most, MB, by round',
  ];
  return `${table(head, rows)}\n\nAll ${atOnce} hold ${(atOnce * bytesEach) / mb} MB.`;
}
