import type { LanguageModel } from '../../adapters/llm/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Redact } from '../../platform/redaction.ts';

export interface DocumentDeps {
  clock: Clock;
  logger: Logger;
  /** None where the installation has no model. */
  model: Pick<LanguageModel, 'name' | 'object'> | undefined;
  /** Takes out of the copy that is kept of a confirmation what the installation keeps out of it. */
  redact: Redact;
}
