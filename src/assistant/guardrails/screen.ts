import { emergencyRules } from './emergencies.ts';
import { isAboutPatient, isAboutThings, isKnowledge, isNegated, isPast } from './frame.ts';
import { languageOf } from './language.ts';
import { findAsk } from './medical-asks.ts';
import { type Reading, read } from './reading.ts';
import { matches } from './rule.ts';
import { unveil } from './veiled.ts';
import type { Audience, EmergencySign, Verdict } from './verdict.ts';

const excuses = [isNegated, isPast, isKnowledge, isAboutThings];

function findSign(reading: Reading, audience: Audience): EmergencySign | undefined {
  for (const one of emergencyRules) {
    const found = matches(reading, one).find(
      (match) =>
        !excuses.some((excuses) => excuses(reading, match)) &&
        !(audience === 'doctor' && isAboutPatient(reading, match)),
    );
    if (found !== undefined) {
      const isChild = one.means === 'unresponsive' && reading.mentions.has('child');
      return isChild ? 'unresponsive_child' : one.means;
    }
  }
  return undefined;
}

function judge(reading: Reading, audience: Audience): Verdict {
  const language = languageOf(reading.tokens.map(({ word }) => word));
  const sign = findSign(reading, audience);
  if (sign !== undefined) return { kind: 'emergency', sign, language };
  const ask = findAsk(reading, audience);
  return ask === undefined ? { kind: 'pass' } : { kind: 'disclaimer', ask, language };
}

/** What a message asks for, before any model sees it. Never throws; no I/O; linear in the length of the message. */
export function screen(message: string, audience: Audience): Verdict {
  const verdicts = [message, ...unveil(message)].flatMap(read).map((reading) => judge(reading, audience));
  return (
    verdicts.find(({ kind }) => kind === 'emergency') ??
    verdicts.find(({ kind }) => kind === 'disclaimer') ?? { kind: 'pass' }
  );
}
