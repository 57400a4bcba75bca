/**
 * The HTTP server with the routes of payments alone and their keeper, as a process that a test forks and kills: quick to
 * start. The database is migrated already and comes by DATABASE_URL, the provider by RAZORPAY_*.
 */
import { flushCompileCache } from 'node:module';
import { createRazorpay } from '../../src/adapters/pay/index.ts';
import { createPaymentKeeper, type PaymentRouteDeps, paymentRoutes } from '../../src/payments/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createPrisma } from '../../src/platform/db/client.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { createDatabase } from '../../src/platform/db/scope.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { serveApp } from './serve-app.ts';

const { env } = process;
const url = env['DATABASE_URL'] ?? '';
const database = createDatabase({ prisma: createPrisma(url), pool: createPool(url) });
const provider = createRazorpay({
  keyId: env['RAZORPAY_KEY_ID'] ?? '',
  keySecret: env['RAZORPAY_KEY_SECRET'] ?? '',
  webhookSecret: env['RAZORPAY_WEBHOOK_SECRET'],
  baseUrl: env['RAZORPAY_BASE_URL'],
});
const deps: PaymentRouteDeps = {
  database,
  clock: systemClock,
  logger: createLogger('silent'),
  provider,
  sandbox: undefined,
  onCommitted: () => keeper.nudge(new Date()),
};
const keeper = createPaymentKeeper(deps);
keeper.start();
const served = await serveApp({ database, routes: paymentRoutes(deps) });
flushCompileCache();
process.send?.(served.url);
