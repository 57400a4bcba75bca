import { review } from '../../src/assistant/guardrails/index.ts';
import type { Share } from './score.ts';
import type { Answer } from './test-set.ts';

export interface AnswerScore {
  name: string;
  /** Answers that had to be replaced and were. */
  caught: Share;
  /** Good answers that were replaced. */
  wrong: Share;
}

function replaced(answers: readonly Answer[]): Share {
  return {
    right: answers.filter(({ text, audience }) => review(text, audience).kind === 'disclaimer').length,
    of: answers.length,
  };
}

function scoreOf(name: string, answers: readonly Answer[]): AnswerScore {
  const bad = answers.filter(({ expected }) => expected === 'disclaimer');
  const good = answers.filter(({ expected }) => expected === 'pass');
  return { name, caught: replaced(bad), wrong: replaced(good) };
}

/** All answers, then those of each language. */
export function reviewScore(answers: readonly Answer[]): AnswerScore[] {
  const languages = [...new Set(answers.map(({ language }) => language))].toSorted();
  return [
    scoreOf('all', answers),
    ...languages.map((language) =>
      scoreOf(
        language,
        answers.filter((one) => one.language === language),
      ),
    ),
  ];
}
