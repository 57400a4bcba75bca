import type { Notion } from './lexicon/index.ts';
import { type Mention, overlaps, type Reading } from './reading.ts';

export interface Slot {
  notions: Notion[];
  /** Must stand in the clause of the first slot. */
  isInClause: boolean;
  /** Must come after the slot before. */
  isAfter: boolean;
}

/** Notions that must be mentioned close together. */
export interface Rule<Meaning> {
  means: Meaning;
  /** How many words apart from the first at most. */
  within: number;
  slots: Slot[];
  /** Another rule looks at clauses with one of these. */
  unless?: Notion[];
  /** Holds only in a question. */
  isAsked?: boolean;
  /** Does not hold where a visit is being booked or something is sent. */
  isUnbooked?: boolean;
}

export interface Match<Meaning> {
  rule: Rule<Meaning>;
  mentions: Mention[];
}

/** A slot is "chest|heart": either of them. "=not" must stand in the first slot's clause, ">drug" after the slot before. */
export function rule<Meaning>(means: Meaning, within: number, ...slots: string[]): Rule<Meaning> {
  return {
    means,
    within,
    slots: slots.map((slot) => ({
      isInClause: slot.includes('='),
      isAfter: slot.includes('>'),
      notions: slot.replace(/[=>]/g, '').split('|') as Notion[],
    })),
  };
}

export function unless<Meaning>(one: Rule<Meaning>, ...notions: Notion[]): Rule<Meaning> {
  return { ...one, unless: notions };
}

export function asked<Meaning>(one: Rule<Meaning>): Rule<Meaning> {
  return { ...one, isAsked: true };
}

export function unbooked<Meaning>(one: Rule<Meaning>): Rule<Meaning> {
  return { ...one, isUnbooked: true };
}

export function mentionsOf(reading: Reading, notions: readonly Notion[]): Mention[] {
  return notions.flatMap((notion) => reading.mentions.get(notion) ?? []);
}

function distance(reading: Reading, one: Mention, other: Mention): number {
  const [left, right] = one.from <= other.from ? [one, other] : [other, one];
  return (reading.tokens[right.from]?.at ?? 0) - (reading.tokens[left.to]?.at ?? 0);
}

function clauseOf(reading: Reading, mention: Mention): number | undefined {
  return reading.tokens[mention.from]?.clause;
}

function fill<Meaning>(
  reading: Reading,
  rule: Rule<Meaning>,
  first: Mention,
  choices: Mention[][],
): Mention[] | undefined {
  const chosen = [first];
  for (const [at, choice] of choices.entries()) {
    const slot = rule.slots[at + 1];
    const before = chosen.at(-1) ?? first;
    let nearest: Mention | undefined;
    let least = rule.within + 1;
    for (const mention of choice) {
      const away = distance(reading, first, mention);
      if (away >= least || chosen.some((one) => overlaps(one, mention))) continue;
      if (slot?.isInClause === true && clauseOf(reading, first) !== clauseOf(reading, mention)) continue;
      if (slot?.isAfter === true && mention.from < before.from) continue;
      [nearest, least] = [mention, away];
    }
    if (nearest === undefined) return undefined;
    chosen.push(nearest);
  }
  return chosen;
}

/** Every place where the rule holds: one for each mention of its first slot. */
export function matches<Meaning>(reading: Reading, rule: Rule<Meaning>): Match<Meaning>[] {
  const [firsts = [], ...choices] = rule.slots.map((slot) => mentionsOf(reading, slot.notions));
  if (firsts.length === 0 || choices.some((choice) => choice.length === 0)) return [];
  return firsts.flatMap((first) => {
    const clause = clauseOf(reading, first);
    if (mentionsOf(reading, rule.unless ?? []).some((mention) => clauseOf(reading, mention) === clause)) return [];
    const mentions = fill(reading, rule, first, choices);
    return mentions === undefined ? [] : [{ rule, mentions }];
  });
}
