/** The part of the composition root that has to do with clinical documents and the codes that go with them. */
import type { LanguageModel } from './adapters/llm/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Route } from './platform/http/route.ts';
import type { Logger } from './platform/logger.ts';
import { createRedaction } from './platform/redaction.ts';
import { cdtRoutes, documentRoutes } from './records/index.ts';

interface Base {
  config: Pick<Config, 'documentRedact'>;
  logger: Logger;
  clock: Clock;
}

export function openDocuments(
  { config, logger, clock }: Base,
  { model, encryptionKey }: { model: LanguageModel | undefined; encryptionKey: string },
): { routes: Route[] } {
  const redact = createRedaction({ fields: config.documentRedact, key: encryptionKey });
  return { routes: [...cdtRoutes({ clock }), ...documentRoutes({ clock, logger, model, redact })] };
}
