/**
 * The HTTP server with the assistant's routes and those of appointments, as a process that a test forks and kills. It has no
 * model: what it confirms was proposed elsewhere. The database is migrated already and comes by DATABASE_URL.
 */
import { ClinicWordsBook, chatRoutes, noAllowance, sealPurpose } from '../../src/assistant/index.ts';
import { createAppointmentMeetings, RecentMeetings } from '../../src/meetings/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createPrisma } from '../../src/platform/db/client.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { createDatabase } from '../../src/platform/db/scope.ts';
import { createIdempotency } from '../../src/platform/http/idempotency.ts';
import { createInside } from '../../src/platform/http/inside.ts';
import { memoryCounters } from '../../src/platform/limits/counters.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { noPostbox } from '../../src/platform/mail/postbox.ts';
import { createSealer } from '../../src/platform/sealer.ts';
import { appointmentRoutes } from '../../src/scheduling/index.ts';
import { serveApp } from './serve-app.ts';

const { DATABASE_URL: url = '', ENCRYPTION_KEY: encryptionKey = '' } = process.env;
const database = createDatabase({ prisma: createPrisma(url), pool: createPool(url) });
const base = { database, clock: systemClock, logger: createLogger('silent'), onCommitted: () => undefined };
const appointments = appointmentRoutes({
  ...base,
  meetings: createAppointmentMeetings({ ...base, recent: new RecentMeetings() }),
  post: { ...noPostbox, publicUrl: () => 'http://localhost', from: 'nobody@localhost' },
});
const chats = chatRoutes({
  ...base,
  model: undefined,
  hasSecondOpinion: false,
  sealer: createSealer(encryptionKey, sealPurpose),
  inside: createInside(() => appointments, database, createIdempotency(encryptionKey)),
  words: new ClinicWordsBook(),
  allowance: noAllowance,
  emergencies: memoryCounters('chat-emergency', 60),
  alarm: async () => undefined,
});
const served = await serveApp({ database, routes: [...appointments, ...chats] });
process.send?.(served.url);
