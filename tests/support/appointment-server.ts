/**
 * The HTTP server with the routes of appointments alone, as a process that a test forks and kills: quick to start. The
 * database is migrated already and comes by DATABASE_URL.
 */
import { flushCompileCache } from 'node:module';
import { createAppointmentMeetings, RecentMeetings } from '../../src/meetings/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createPrisma } from '../../src/platform/db/client.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { createDatabase } from '../../src/platform/db/scope.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { noPostbox } from '../../src/platform/mail/postbox.ts';
import { appointmentRoutes } from '../../src/scheduling/index.ts';
import { serveApp } from './serve-app.ts';

const url = process.env['DATABASE_URL'] ?? '';
const database = createDatabase({ prisma: createPrisma(url), pool: createPool(url) });
const logger = createLogger('silent');
const onCommitted = () => undefined;
const meetings = { database, clock: systemClock, logger, recent: new RecentMeetings(), onCommitted };
const served = await serveApp({
  database,
  routes: appointmentRoutes({
    database,
    clock: systemClock,
    logger,
    meetings: createAppointmentMeetings(meetings),
    post: { ...noPostbox, publicUrl: () => 'http://localhost', from: 'nobody@localhost' },
    onCommitted,
  }),
});
// Whoever is killed writes no cache; the next one starts in half the time with it.
flushCompileCache();
process.send?.(served.url);
