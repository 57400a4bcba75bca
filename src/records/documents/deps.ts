import type { LanguageModel } from '../../adapters/llm/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Postbox } from '../../platform/mail/postbox.ts';
import type { Redact } from '../../platform/redaction.ts';
import type { DocumentAllowance } from './allowance.ts';

export interface DocumentDeps {
  clock: Clock;
  logger: Logger;
  /** None where the installation has no model. */
  model: Pick<LanguageModel, 'name' | 'object'> | undefined;
  /** Takes out of the copy that is kept of a confirmation what the installation keeps out of it. */
  redact: Redact;
  allowance: DocumentAllowance;
  postbox: Postbox;
  /** As browsers reach this installation. */
  publicUrl(): string;
}
