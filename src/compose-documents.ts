/** The part of the composition root that has to do with clinical documents and the codes that go with them. */
import type { LanguageModel } from './adapters/llm/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Route } from './platform/http/route.ts';
import type { Counters } from './platform/limits/counters.ts';
import type { Logger } from './platform/logger.ts';
import type { Postbox } from './platform/mail/postbox.ts';
import { createRedaction } from './platform/redaction.ts';
import { cdtRoutes, createDocumentAllowance, documentRoutes, noDocumentAllowance } from './records/index.ts';

interface Base {
  config: Pick<Config, 'documentRedact' | 'http'>;
  logger: Logger;
  clock: Clock;
}

export function openDocuments(
  { config, logger, clock }: Base,
  parts: {
    model: LanguageModel | undefined;
    encryptionKey: string;
    counters: Counters;
    postbox: Postbox;
    publicUrl(): string;
  },
): { routes: Route[] } {
  const { model, encryptionKey, counters, postbox, publicUrl } = parts;
  const redact = createRedaction({ fields: config.documentRedact, key: encryptionKey });
  const allowance = config.http.rateLimits ? createDocumentAllowance(counters) : noDocumentAllowance;
  const deps = { clock, logger, model, redact, allowance, postbox, publicUrl };
  return { routes: [...cdtRoutes({ clock }), ...documentRoutes(deps)] };
}
