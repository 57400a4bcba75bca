/** What the assistant's chat stands on. */
import type { LanguageModel } from '../../adapters/llm/index.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/scope.ts';
import type { Inside } from '../../platform/http/inside.ts';
import type { Counter } from '../../platform/limits/counters.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Sealer } from '../../platform/sealer.ts';
import type { EmergencySign } from '../guardrails/index.ts';
import type { Allowance } from './allowance.ts';
import type { ClinicWordsBook } from './clinic-words.ts';

export interface ChatDeps {
  database: Database;
  clock: Clock;
  logger: Logger;
  /** None is configured: guardrails work, anything else does not. */
  model: LanguageModel | undefined;
  /** The model is asked twice: what it thinks of a message, and only then for an answer. */
  hasSecondOpinion: boolean;
  /** For `sealPurpose`. */
  sealer: Sealer;
  inside: Inside;
  words: ClinicWordsBook;
  allowance: Allowance;
  /** Which emergencies were said a moment ago: in this process alone, for an emergency waits for no network. */
  emergencies: Counter;
  /** Tells the doctor, where the person waits for one. */
  alarm(actor: Actor, sign: EmergencySign): Promise<void>;
}

export const sealPurpose = 'chat';
