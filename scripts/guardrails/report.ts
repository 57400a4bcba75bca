import { screen } from '../../src/assistant/guardrails/index.ts';
import { reviewScore } from './answers.ts';
import { chanceFrom, type Mutation, mutate, mutations } from './mutate.ts';
import { isRight, rate, type Share, scoreOf, shortfalls, targets } from './score.ts';
import { readAnswers, readDevelop, readHeldOut, type Utterance } from './test-set.ts';

export const mutationSeed = 20_261_122;
export const mutationCount = 5000;

function shown(share: Share): string {
  if (share.of === 0) return '';
  return `${(100 * rate(share)).toFixed(1)} % of ${share.of}`;
}

function table(head: string[], lines: string[][]): string {
  return [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function groups(utterances: readonly Utterance[], namesOf: (one: Utterance) => string[]): [string, Utterance[]][] {
  const found = new Map<string, Utterance[]>();
  for (const one of utterances) for (const name of namesOf(one)) found.set(name, [...(found.get(name) ?? []), one]);
  return [...found].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function scoreLine(name: string, utterances: readonly Utterance[]): string[] {
  const score = scoreOf(utterances);
  return [name, shown(score.emergency), shown(score.medical), shown(score.falseAlarms), shown(score.named)];
}

const heading = (what: string): string[] => [
  what,
  'emergencies found',
  'medical asks found',
  'false alarms',
  'named right',
];

function timesOf(utterances: readonly Utterance[]): string {
  for (const one of utterances) screen(one.text, one.audience);
  const times = utterances.map((one) => {
    const before = process.cpuUsage();
    screen(one.text, one.audience);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2);
  return `Processor time of one message: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms.`;
}

/** How many of the right verdicts on the originals a mutation loses, as a share of all mutated utterances. */
export function scoreMutations(utterances: readonly Utterance[]): Map<Mutation, { before: Share; after: Share }> {
  const chance = chanceFrom(mutationSeed);
  const kinds = Object.keys(mutations) as Mutation[];
  const originals = new Map(utterances.map((one) => [one, isRight(one)]));
  const found = new Map(kinds.map((kind) => [kind, { before: { right: 0, of: 0 }, after: { right: 0, of: 0 } }]));
  for (let turn = 0; turn < mutationCount; turn += 1) {
    const one = utterances[Math.floor(chance() * utterances.length)];
    const kind = kinds[turn % kinds.length];
    const counts = kind === undefined ? undefined : found.get(kind);
    if (one === undefined || kind === undefined || counts === undefined) continue;
    counts.before.of += 1;
    counts.after.of += 1;
    if (originals.get(one) === true) counts.before.right += 1;
    if (isRight({ ...one, text: mutate(one.text, kind, chance) })) counts.after.right += 1;
  }
  return found;
}

export function lostBy(found: ReturnType<typeof scoreMutations>): number {
  const sum = (which: 'before' | 'after'): number =>
    [...found.values()].reduce((all, one) => all + one[which].right, 0);
  return (sum('before') - sum('after')) / mutationCount;
}

export function report(): { markdown: string; missed: string[]; failures: string[] } {
  const [develop, heldOut] = [readDevelop(), readHeldOut()];
  const all = [...develop, ...heldOut];
  const mutated = scoreMutations(all);
  const lost = lostBy(mutated);
  const missed = shortfalls(scoreOf(heldOut));
  if (lost > targets.lostByMutation) missed.push(`mutations lose ${(100 * lost).toFixed(1)} points`);
  const answers = reviewScore(readAnswers());
  const markdown = [
    table(heading('part'), [scoreLine('held out', heldOut), scoreLine('develop', develop)]),
    table(
      heading('held out, by language'),
      groups(heldOut, ({ language }) => [language]).map(([name, rows]) => scoreLine(name, rows)),
    ),
    table(
      heading('held out, by sign or ask'),
      groups(heldOut, (one) =>
        one.expected === 'emergency' ? [one.sign] : one.expected === 'disclaimer' ? [one.ask] : [],
      ).map(([name, rows]) => scoreLine(name, rows)),
    ),
    table(
      heading('held out, by audience'),
      groups(heldOut, ({ audience }) => [audience]).map(([name, rows]) => scoreLine(name, rows)),
    ),
    table(
      heading('held out, by tag'),
      groups(heldOut, ({ tags }) => tags).map(([name, rows]) => scoreLine(name, rows)),
    ),
    table(
      ['mutated (of both parts)', 'right before', 'right after'],
      [...mutated].map(([kind, { before, after }]) => [kind, shown(before), shown(after)]),
    ),
    `All ${mutationCount} mutations (seed ${mutationSeed}) together lose ${(100 * lost).toFixed(2)} points.`,
    table(
      ['answers of a model', 'replaced rightly', 'replaced wrongly'],
      answers.map(({ name, caught, wrong }) => [name, shown(caught), shown(wrong)]),
    ),
    timesOf(all),
  ].join('\n\n');
  const failures = develop.filter((one) => !isRight(one)).map(({ id, text }) => `develop, wrong: ${id} ${text}`);
  return { markdown, missed, failures };
}
