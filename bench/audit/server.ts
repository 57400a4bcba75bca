/**
 * The meetings' routes as src/compose.ts serves them, with their entries in the audit trail or, with BENCH_AUDIT=off,
 * declared to leave none: what differs between two such processes is what the trail costs.
 */
import { createApp } from '../../src/app.ts';
import { createTokens } from '../../src/identity/index.ts';
import { type MeetingDeps, meetingRoutes, RecentMeetings } from '../../src/meetings/index.ts';
import { createPrisma } from '../../src/platform/db/client.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { createDatabase } from '../../src/platform/db/scope.ts';
import type { Route } from '../../src/platform/http/route.ts';
import { createHttpServer, listen } from '../../src/platform/http/server.ts';
import { OutboxRelay } from '../../src/platform/jobs/relay.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { AuditSealer } from '../../src/records/index.ts';
import { benchJwt } from '../clinic.ts';

const url = process.env['DATABASE_URL'] ?? '';
const isOn = process.env['BENCH_AUDIT'] !== 'off';
const logger = createLogger('info', { destination: { write: () => undefined } });
const database = createDatabase({ prisma: createPrisma(url), pool: createPool(url) });
const relay = new OutboxRelay({ pool: database.pool, logger });
const meetings: MeetingDeps = {
  database,
  logger,
  clock: { now: () => new Date() },
  recent: new RecentMeetings(),
  onCommitted: () => relay.nudge(),
};
const declared = meetingRoutes({ ...meetings, nodeId: () => null });
const routes: Route[] = isOn ? declared : declared.map((one) => ({ ...one, audit: { none: 'To be compared with.' } }));
const http = createHttpServer(
  createApp({
    config: {
      production: true,
      http: { host: '127.0.0.1', port: 0, corsOrigins: [], trustProxy: 1, rateLimits: true },
    },
    logger,
    database,
    verifyAccess: createTokens(benchJwt).verifyAccess,
    routes,
    checks: [],
    isDraining: () => false,
  }),
);
relay.start();
if (isOn) new AuditSealer({ database, logger }).start();
console.log(`Serving is ready at ${await listen(http, { host: '127.0.0.1', port: 0 })}`);
