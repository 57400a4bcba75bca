/** The part of the composition root that ties the assistant to its model, to the other wings' routes and to the doctor's queue. */
import type { LanguageModel } from './adapters/llm/index.ts';
import {
  type ChatKeeper,
  ClinicWordsBook,
  chatRoutes,
  createAllowance,
  createChatKeeper,
  noAllowance,
  sealPurpose,
} from './assistant/index.ts';
import { type MeetingDeps, raiseAlarm } from './meetings/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db/scope.ts';
import { createIdempotency } from './platform/http/idempotency.ts';
import { createInside } from './platform/http/inside.ts';
import type { Route } from './platform/http/route.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import { type Counters, memoryCounters } from './platform/limits/counters.ts';
import type { Logger } from './platform/logger.ts';
import { createSealer } from './platform/sealer.ts';

interface Base {
  config: Config;
  logger: Logger;
  lifecycle: Lifecycle;
  clock: Clock;
}

/** `routes` are all that are served; asked for when one is used. */
export function openAssistant(
  { config, logger, lifecycle, clock }: Base,
  parts: {
    database: Database;
    encryptionKey: string;
    counters: Counters;
    model: LanguageModel | undefined;
    meetings: MeetingDeps;
    routes(): readonly Route[];
  },
): { routes: Route[]; keeper: ChatKeeper } {
  const { database, meetings, model } = parts;
  const keeper = createChatKeeper({ database, logger, clock });
  lifecycle.onStop('chats', () => keeper.stop());
  const routes = chatRoutes({
    database,
    clock,
    logger,
    model,
    hasSecondOpinion: config.secondOpinion,
    sealer: createSealer(parts.encryptionKey, sealPurpose),
    inside: createInside(parts.routes, database, createIdempotency(parts.encryptionKey)),
    words: new ClinicWordsBook(),
    allowance: config.http.rateLimits ? createAllowance(parts.counters) : noAllowance,
    emergencies: memoryCounters('chat-emergency', 60),
    async alarm({ tenantId, patientId }, sign) {
      if (patientId !== null) await raiseAlarm(meetings, database.tenant(tenantId), { patientId, sign });
    },
  });
  return { routes, keeper };
}
