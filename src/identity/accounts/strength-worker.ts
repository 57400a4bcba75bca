/** A thread that judges passwords: loading its dictionaries takes a quarter of a second, a password some milliseconds. */
import { parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

export interface StrengthQuestion {
  id: number;
  password: string;
  /** Words that everybody would try first for this person. */
  known: readonly string[];
}
export interface StrengthVerdict {
  id: number;
  /** The logarithm to base 10 of how many guesses it would take. */
  guessesLog10: number;
  /** What makes it weak, in words that repeat nothing of it. */
  reasons: string[];
}

const meter = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
  // Together they keep the worst password below a tenth of a second. The time grows with the square of the length, and what
  // comes later can only make a password stronger.
  maxLength: 24,
  l33tMaxSubstitutions: 16,
});

parentPort?.on('message', ({ id, password, known }: StrengthQuestion) => {
  const { guessesLog10, feedback } = meter.check(password, [...known]);
  const reasons = [feedback.warning, ...feedback.suggestions].filter((text) => typeof text === 'string' && text !== '');
  const verdict: StrengthVerdict = { id, guessesLog10, reasons: reasons as string[] };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread has no origin.
  parentPort?.postMessage(verdict);
});
