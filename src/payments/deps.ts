/** What payments need of others. */
import type { PayProvider } from '../adapters/pay/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/scope.ts';
import { AppError } from '../platform/errors.ts';
import type { Logger } from '../platform/logger.ts';

export interface PaymentDeps {
  database: Database;
  clock: Clock;
  logger: Logger;
  /** Undefined where no provider is configured. */
  provider: PayProvider | undefined;
  /** Heard after each commit: the outbox may have a fact, and the clock may owe something now. */
  onCommitted(): void;
}

/** Throws UNAVAILABLE where none is configured. */
export function providerOf({ provider }: PaymentDeps): PayProvider {
  if (provider) return provider;
  throw new AppError('UNAVAILABLE', 'This installation takes no payments: RAZORPAY_KEY_ID is not set.');
}
