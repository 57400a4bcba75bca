/** The part of the composition root that ties payments to their provider and to what is told by the outbox. */
import { createRazorpay, openSandbox, type PayProvider, type Sandbox } from './adapters/pay/index.ts';
import { apiBase } from './app.ts';
import { paymentNoticed } from './payments/events.ts';
import {
  applyNotice,
  createPaymentKeeper,
  type PaymentKeeper,
  type PaymentRouteDeps,
  paymentRoutes,
} from './payments/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db/scope.ts';
import type { Route } from './platform/http/route.ts';
import type { OutboxRelay } from './platform/jobs/relay.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import type { Logger } from './platform/logger.ts';

interface Base {
  config: Config;
  logger: Logger;
  lifecycle: Lifecycle;
  clock: Clock;
}

export interface PaymentDesk {
  routes: Route[];
  /** None where no provider is configured. */
  keepers: PaymentKeeper[];
  settleNow(): Promise<number>;
}

/** `ownUrl` is where this process can be called. */
export async function openPayments(
  base: Base,
  { database, relay, ownUrl }: { database: Database; relay: OutboxRelay; ownUrl(): string },
): Promise<PaymentDesk> {
  const { logger, lifecycle, clock } = base;
  const { provider, sandbox } = await openProvider(base, ownUrl);
  const deps: PaymentRouteDeps = {
    database,
    clock,
    logger,
    provider,
    sandbox,
    onCommitted: () => {
      relay.nudge();
      keeper?.nudge(clock.now());
    },
  };
  const keeper = provider ? createPaymentKeeper(deps) : undefined;
  if (keeper) lifecycle.onStop('payments', () => keeper.stop());
  relay.on(paymentNoticed, ({ tenantId, payload }) =>
    applyNotice(deps, database.tenant(tenantId), (payload as { eventId: string }).eventId),
  );
  return {
    routes: paymentRoutes(deps),
    keepers: keeper ? [keeper] : [],
    settleNow: async () => keeper?.settleNow() ?? 0,
  };
}

async function openProvider(
  { config, logger, lifecycle }: Base,
  ownUrl: () => string,
): Promise<{ provider: PayProvider | undefined; sandbox: Sandbox | undefined }> {
  const { razorpay, sandbox: wanted } = config.payments;
  if (razorpay) return { provider: createRazorpay(razorpay), sandbox: undefined };
  if (!wanted) return { provider: undefined, sandbox: undefined };
  const sandbox = await openSandbox(({ body, signature, eventId }) => {
    const headers = {
      'Content-Type': 'application/json',
      'X-Razorpay-Signature': signature,
      'X-Razorpay-Event-Id': eventId,
    };
    fetch(`${ownUrl()}${apiBase}/payments/webhook`, { method: 'POST', headers, body }).catch((error: unknown) => {
      logger.warn({ err: error }, 'the payment sandbox could not tell of an event');
    });
  });
  lifecycle.onStop('payment sandbox', () => sandbox.close());
  return { provider: sandbox.provider, sandbox };
}
