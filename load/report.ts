/** What came of a run, for programs (JSON) and for people (one HTML file that needs nothing else). */
import type { Options } from './options.ts';
import { at, type Second, type Tally } from './tally.ts';

export interface Report {
  at: string;
  options: Omit<Options, 'password' | 'email'>;
  counts: Tally['counts'];
  /** Of those who lost their connection, the share that was back in the consultation. */
  returned: number | null;
  failures: Record<string, number>;
  latencies: Record<string, { count: number; p50: number; p95: number; p99: number; max: number }>;
  seconds: readonly Second[];
}

/** Says who was asked for, and not by whom: no address and no password is in it. */
export function toReport(asked: Options, tally: Tally): Report {
  const { url, meetings, minutes, seconds: length, drops, chat, media, clinic, out, seed } = asked;
  const options = { url, meetings, minutes, seconds: length, drops, chat, media, clinic, out, seed };
  const { dropped, returned } = tally.counts;
  const latencies = Object.fromEntries(
    [...tally.latencies].map(([step, values]) => {
      const sorted = values.toSorted((a, b) => a - b);
      const figure = (share: number) => Number((at(sorted, share) ?? 0).toFixed(1));
      return [step, { count: sorted.length, p50: figure(0.5), p95: figure(0.95), p99: figure(0.99), max: figure(1) }];
    }),
  );
  return {
    at: new Date().toISOString(),
    options,
    counts: tally.counts,
    returned: dropped === 0 ? null : returned / dropped,
    failures: Object.fromEntries(tally.failures),
    latencies,
    seconds: tally.seconds,
  };
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

export function toHtml(report: Report): string {
  const { counts, returned, seconds, failures, latencies, options } = report;
  const rows = Object.entries(latencies).map(
    ([step, { count, p50, p95, p99, max }]) =>
      `<tr><th scope="row">${escaped(step)}</th>${[count, p50, p95, p99, max].map((one) => `<td>${one}</td>`).join('')}</tr>`,
  );
  const faults = Object.entries(failures).map(([what, n]) => `<li>${escaped(what)}: ${n}</li>`);
  const facts = [
    `${counts.finished} of ${counts.begun} consultations finished as planned`,
    `${counts.dropped} connections lost, ${returned === null ? 'none to return' : `${(returned * 100).toFixed(1)} % returned`}`,
    `${options.meetings} at a time for ${options.minutes} min, media: ${options.media}`,
  ];
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Load of ${escaped(options.url)}</title>
<style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{padding:.25rem .75rem;text-align:right;border-bottom:1px solid #8884}th{text-align:left}
svg{width:100%;height:auto;background:#8881}polyline{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}
.a{stroke:#0a7d6c}.b{stroke:#b5561b}text{font:12px system-ui;fill:currentColor}
</style>
<h1>Load of ${escaped(options.url)}</h1><p>${escaped(report.at)}</p>
<ul>${facts.map((fact) => `<li>${escaped(fact)}</li>`).join('')}</ul>
<h2>How long calls took, ms</h2>
<table><tr><th>call</th><td>count</td><td>p50</td><td>p95</td><td>p99</td><td>longest</td></tr>${rows.join('')}</table>
<h2>Consultations at a time</h2>${chart(seconds, [['a', ({ active }) => active]])}
<h2>Calls a second</h2>${chart(seconds, [
    ['a', ({ calls }) => calls],
    ['b', ({ failures: failed }) => failed],
  ])}
<p>Answered, and below in the other colour what failed.</p>
<h2>p50 and p99, ms</h2>${chart(seconds, [
    ['a', ({ p50 }) => p50],
    ['b', ({ p99 }) => p99],
  ])}
<h2>What failed</h2>${faults.length === 0 ? '<p>Nothing.</p>' : `<ul>${faults.join('')}</ul>`}
</html>
`;
}

type Line = [colour: string, value: (second: Second) => number | null];

/** Lines over the seconds of the run, all on one scale, with the highest value written at its top. */
function chart(seconds: readonly Second[], lines: readonly Line[]): string {
  const [width, height] = [800, 200];
  const values = lines.map(([, value]) => seconds.map(value));
  const highest = Math.max(1, ...values.flat().map((value) => value ?? 0));
  const drawn = lines.map(([colour], line) => {
    const points = (values[line] ?? []).flatMap((value, index) =>
      value === null
        ? []
        : [
            `${((index / Math.max(1, seconds.length - 1)) * width).toFixed(1)},${(height - (value / highest) * (height - 20)).toFixed(1)}`,
          ],
    );
    return `<polyline class="${colour}" points="${points.join(' ')}"/>`;
  });
  const last = seconds.at(-1)?.at ?? 0;
  return `<svg viewBox="0 0 ${width} ${height + 16}" role="img" aria-label="From 0 to ${last} s, at most ${highest.toFixed(0)}">
<text x="4" y="14">${highest.toFixed(0)}</text><text x="4" y="${height + 13}">0 s</text><text x="${width - 40}" y="${height + 13}">${last} s</text>${drawn.join('')}</svg>`;
}
