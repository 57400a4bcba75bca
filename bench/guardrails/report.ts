/** How long the guardrails take for what people write, and for what somebody writes to make them slow. No floor but promises. */
import { readDevelop, readHeldOut } from '../../scripts/guardrails/test-set.ts';
import { screen } from '../../src/assistant/guardrails/index.ts';
import { percentile } from '../figures.ts';
import { figure, table } from '../table.ts';

const length = 10_000;
const rounds = 15;
/** Milliseconds of processor time. */
const promised = { message: 5, hostile: 250 };

function fill(piece: string): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** Each attacks one step: normalising, spelled-out words, joined words, fuzzy finding, decoding, rules, frames. */
function hostile(): [string, string][] {
  const slips = Array.from({ length: 1000 }, (_, at) => `zq${((at * 7919) % 99_991).toString(36)}mnbvw`);
  return [
    ['one letter', 'x'.repeat(length)],
    ['marks on one letter', `a${'\u0301'.repeat(length - 1)}`],
    ['invisible characters', fill('c\u200bh\u200be\u200bs\u200bt ')],
    ['spelled out', fill('c.h.e.s.t  p.a.i.n ')],
    ['joined words', fill('iwanttodiechestpaincantbreathe')],
    ['joined words, forty letters each', fill(`${'canithave'.repeat(4)}xyzq `)],
    ['words that are nearly known', fill('chset pian bleding breth ')],
    ['words that nobody knows', slips.join(' ').slice(0, length)],
    ['base64', fill('aGVsbG8gdGhlcmUs')],
    ['signs and excuses in turn', fill('no chest pain how many pills not ')],
    ['one sign without end', fill('chest ')],
    ['quotes and brackets', fill('"(:,"')],
    ['long numbers', '7'.repeat(length)],
  ];
}

function processorTime(text: string): number {
  const before = process.cpuUsage();
  screen(text, 'patient');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function timed(text: string): number[] {
  return Array.from({ length: rounds }, () => processorTime(text));
}

export async function reportGuardrails(say: (line: string) => void): Promise<string> {
  const utterances = [...readDevelop(), ...readHeldOut()];
  for (const { text } of utterances) screen(text, 'patient');
  say('  the test set');
  const times = utterances.map(({ text }) => percentile(timed(text), 0.5));
  const rows = [
    [
      'the test set',
      String(utterances.length),
      figure(percentile(times, 0.5)),
      figure(percentile(times, 0.99)),
      String(promised.message),
    ],
  ];
  for (const [name, text] of hostile()) {
    say(`  ${name}`);
    const spent = timed(text);
    const worst = percentile(spent, 0.99);
    rows.push([
      `${name}, ${length} characters`,
      String(rounds),
      figure(percentile(spent, 0.5)),
      figure(worst),
      String(promised.hostile),
    ]);
    if (percentile(spent, 0.5) > promised.hostile) throw new Error(`"${name}" takes longer than promised.`);
  }
  return table(['screened', 'runs', 'p50 ms', 'p99 ms', 'target'], rows);
}
