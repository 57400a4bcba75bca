/** The composition root: config → platform → wings → doors, by hand, in order. Closed in the reverse order. */
import packageJson from '../package.json' with { type: 'json' };
import { type Signaling, type SignalingDeps, startSignaling } from '../signaling/compose.ts';
import { createSocketDocs } from '../signaling/docs/index.ts';
import { createMediaEngine } from '../signaling/media/choose.ts';
import { createIceServers } from '../signaling/media/ice-servers.ts';
import { createApp } from './app.ts';
import { type MailDesk, openMail } from './compose-accounts.ts';
import { openAppointments } from './compose-appointments.ts';
import { openAssistant } from './compose-assistant.ts';
import { openCluster, openSharedRedis } from './compose-cluster.ts';
import { openDocuments } from './compose-documents.ts';
import { openIdentity } from './compose-identity.ts';
import { openModel } from './compose-model.ts';
import { openPayments } from './compose-payments.ts';
import { addLiveMetrics, openMetrics, openTracing } from './compose-telemetry.ts';
import { openUploads } from './compose-uploads.ts';
import { createSignInKeeper, identityRoutes } from './identity/index.ts';
import {
  createDeadlineKeeper,
  createMeetingGate,
  createQualityStore,
  type DeadlineKeeper,
  guestRoutes,
  type MeetingDeps,
  meetingRoutes,
  RecentMeetings,
  withdrawConsent,
} from './meetings/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { openDatabase } from './platform/db/connect.ts';
import { DatabaseClock, readDatabaseTime } from './platform/db/database-clock.ts';
import type { Database } from './platform/db/scope.ts';
import { requireRoom } from './platform/disk.ts';
import { createIdempotency } from './platform/http/idempotency.ts';
import { createRateLimits, noRateLimits } from './platform/http/rate-limit.ts';
import type { Route } from './platform/http/route.ts';
import { bundleUpgraded, closeServer, createHttpServer, listen } from './platform/http/server.ts';
import { internalRoutes } from './platform/internal/routes.ts';
import { createAnswerKeeper } from './platform/jobs/forget-answers.ts';
import type { Lookers } from './platform/jobs/looking.ts';
import { OutboxRelay } from './platform/jobs/relay.ts';
import { createLifecycle, type Lifecycle } from './platform/lifecycle.ts';
import { memoryCounters, redisCounters } from './platform/limits/counters.ts';
import { createLogger, type Logger } from './platform/logger.ts';
import { keptSecret } from './platform/secrets.ts';
import type { Metrics } from './platform/telemetry/metrics.ts';
import {
  AuditSealer,
  auditRoutes,
  type ConsentRevoked,
  consentRevoked,
  consentRoutes,
  patientRoutes,
} from './records/index.ts';
import { schedulingRoutes } from './scheduling/index.ts';

/** What a test may put in place of the usual. */
export interface Parts {
  clock?: Clock;
  logger?: Logger;
  /** bcrypt's cost. */
  passwordCost?: number;
  leaseMs?: number;
  /** How long spans of traces are gathered before they are sent. */
  traceDelayMs?: number;
  /** Runs once the database is open and before anything is served. */
  prepare?(database: Database): Promise<void>;
}

export interface RunningServer {
  url: string;
  database: Database;
  /** All that are served below /api/v1 but the description. */
  routes: readonly Route[];
  /** Settles every deadline that is due by the clock; answers how much there was. */
  settleDeadlines(): Promise<number>;
  /** Sends all mail that is due by the clock; answers how many went out. */
  sendMail(): Promise<number>;
  /** Does all that files are owed by the clock and the scanner; answers how much there was. */
  settleUploads(): Promise<number>;
  /** Does all that is due of payments by the clock; answers how much there was. */
  settlePayments(): Promise<number>;
  /** Until the work that follows answers already given is done. */
  quiet(): Promise<void>;
  /** Live sockets and rooms of this node. */
  counts(): { sockets: number; rooms: number };
  /** Other nodes that this one hears. */
  peers(): number;
  /** Stops serving, keeps what people were in the middle of, and leaves nothing running. Idempotent, never rejects. */
  close(reason: string): Promise<void>;
}

/** Starts the whole server and resolves when it serves. What was opened is closed again when it cannot. */
export async function compose(config: Config, parts: Parts = {}): Promise<RunningServer> {
  const logger =
    parts.logger ??
    createLogger(config.logLevel, { redaction: { fields: config.logRedact, key: config.encryptionKey } });
  const lifecycle = createLifecycle(logger);
  try {
    return await open({ config, parts, logger, lifecycle });
  } catch (error) {
    await lifecycle.stop('the start failed');
    throw error;
  }
}

interface Start {
  config: Config;
  parts: Parts;
  logger: Logger;
  lifecycle: Lifecycle;
}

interface Base extends Start {
  /** Clinical time. */
  clock: Clock;
}

/** What all wings stand on. */
async function openGround(base: Start) {
  const { config, parts, logger, lifecycle } = base;
  await openTracing(config, lifecycle, parts.traceDelayMs);
  const opened = await openDatabase(config.database, config.dataDir, logger);
  lifecycle.onStop('database', () => opened.close());
  const { database, embedded: alone, ready } = opened;
  const time = await DatabaseClock.open({ read: () => readDatabaseTime(database.pool), logger });
  lifecycle.onStop('clock', () => time.close());
  await parts.prepare?.(database);
  const relay = new OutboxRelay({ pool: database.pool, logger });
  lifecycle.onStop('relay', () => relay.close());
  const metrics = openMetrics(lifecycle, { database, relay });
  const encryptionKey = config.encryptionKey ?? (await keptSecret(config.dataDir, 'encryption-key'));
  const redis = openSharedRedis(base);
  const counters = redis ? redisCounters(redis.client) : memoryCounters;
  return { database, alone, ready, time, relay, metrics, encryptionKey, redis, counters };
}

type Ground = Awaited<ReturnType<typeof openGround>>;

/** Where this server is reached; known once it listens. */
interface Addresses {
  /** By people. */
  publicUrl(): string;
  /** By itself. */
  ownUrl(): string;
}

/** What each wing keeps open. */
async function openWings(base: Base, ground: Ground, { publicUrl, ownUrl }: Addresses) {
  const { database, relay } = ground;
  const { meetings, keeper } = openMeetings(base, { database, relay });
  const mail = openMail(base, database, ground.encryptionKey);
  const { postbox } = mail;
  const identity = await openIdentity(base, { ...ground, mail, publicUrl });
  const appointments = openAppointments(base, { database, relay, meetings, postbox, publicUrl });
  const uploads = await openUploads(base, { ...ground, postbox, publicUrl });
  const payments = await openPayments(base, { database, relay, ownUrl });
  const model = openModel(base.config, ground.metrics);
  const documents = openDocuments(base, { ...ground, model, postbox, publicUrl });
  const keepers = [keeper, appointments.keeper, uploads.keeper, ...payments.keepers];
  return { meetings, keeper, mail, identity, appointments, uploads, payments, model, documents, keepers };
}

type Wings = Awaited<ReturnType<typeof openWings>>;

function routesOf(
  { clock }: Base,
  { database, relay }: Ground,
  wings: Wings,
  more: { nodeId(): string | null } & Addresses,
) {
  const { meetings, identity, appointments, uploads, documents, payments } = wings;
  const { tokens } = identity.deps;
  return [
    ...identityRoutes(identity.deps),
    ...meetingRoutes({ ...meetings, nodeId: more.nodeId }),
    ...guestRoutes({ database, clock, tokens, publicUrl: more.publicUrl, onChanged: () => relay.nudge() }),
    ...schedulingRoutes({ clock }),
    ...appointments.routes,
    ...internalRoutes({ database }),
    ...auditRoutes({ clock }),
    ...patientRoutes({ clock }),
    ...uploads.routes,
    ...documents.routes,
    ...payments.routes,
    ...consentRoutes({ clock }),
  ];
}

async function open(start: Start): Promise<RunningServer> {
  const { config, logger, lifecycle } = start;
  const ground = await openGround(start);
  const base = { ...start, clock: start.parts.clock ?? ground.time };
  const { database, metrics } = ground;
  let own = '';
  const addresses = { ownUrl: () => own, publicUrl: () => config.publicUrl ?? own };
  const wings = await openWings(base, ground, addresses);
  const { keeper, appointments, identity, payments, uploads, mail } = wings;
  let live: Signaling | undefined;
  const socketDocs = createSocketDocs(packageJson.version);
  const nodeId = () => live?.nodeId() ?? null;
  const assistant = openAssistant(base, { ...ground, ...wings, routes: () => routes });
  const routes: Route[] = [
    socketDocs.route,
    ...routesOf(base, ground, wings, { ...addresses, nodeId }),
    ...assistant.routes,
  ];
  const app = createApp({
    config,
    logger,
    database,
    ...identity.doors,
    internalToken: config.internalToken,
    metrics,
    routes,
    socketPage: socketDocs.page,
    checks: [
      { name: 'database', check: ground.ready },
      ...(ground.alone ? [{ name: 'disk', check: () => requireRoom(config.dataDir) }] : []),
    ],
    isDraining: lifecycle.isDraining,
    limits: config.http.rateLimits ? createRateLimits({}, ground.counters) : noRateLimits,
    idempotency: createIdempotency(ground.encryptionKey),
  });
  const http = createHttpServer(app);
  lifecycle.onStop('http', () => closeServer(http, 5_000));
  if (config.roles.has('signaling')) {
    const gate = createMeetingGate(wings.meetings);
    live = await openLive(base, { ...ground, http, tokens: identity.doors, signIns: identity.revocations, gate });
  }
  const lookers = () => 1 + (live?.peers() ?? 0);
  const keepers = [...wings.keepers, assistant.keeper];
  if (config.roles.has('worker')) startWorker(base, { database, keepers, mail, lookers });
  own = await listen(http, config.http);
  return {
    url: own,
    database,
    routes,
    settleDeadlines: async () => (await keeper.settleNow()) + (await appointments.keeper.settleNow()),
    sendMail: () => mail.sendNow(),
    settlePayments: () => payments.settleNow(),
    settleUploads: () => uploads.keeper.settleNow(),
    quiet: () => identity.deps.afterwards.settled(),
    counts: () => live?.counts() ?? { sockets: 0, rooms: 0 },
    peers: () => live?.peers() ?? 0,
    close: (reason) => lifecycle.stop(reason),
  };
}

function openMeetings(
  { logger, lifecycle, clock }: Base,
  { database, relay }: { database: Database; relay: OutboxRelay },
): { meetings: MeetingDeps; keeper: DeadlineKeeper } {
  const meetings: MeetingDeps = {
    database,
    clock,
    logger,
    recent: new RecentMeetings(),
    onCommitted: ({ nextDeadlineAt }) => {
      relay.nudge();
      keeper.nudge(nextDeadlineAt);
    },
  };
  const keeper = createDeadlineKeeper(meetings);
  relay.on(consentRevoked, ({ payload }) => withdrawConsent(meetings, payload as ConsentRevoked));
  lifecycle.onStop('deadlines', () => keeper.stop());
  return { meetings, keeper };
}

interface Work {
  database: Database;
  keepers: readonly { start(lookers?: Lookers): void }[];
  mail: MailDesk;
  lookers: Lookers;
}

function startWorker({ lifecycle, logger }: Base, { database, keepers, mail, lookers }: Work): void {
  for (const keeper of keepers) keeper.start(lookers);
  mail.start();
  const sealer = new AuditSealer({ database, logger });
  sealer.start(lookers);
  lifecycle.onStop('sealer', () => sealer.stop());
  const answers = createAnswerKeeper({ database, logger });
  answers.start();
  lifecycle.onStop('answers', () => answers.stop());
  const signIns = createSignInKeeper({ database, logger });
  signIns.start();
  lifecycle.onStop('sign-ins', () => signIns.stop());
}

type LiveDeps = { metrics: Metrics } & Pick<Ground, 'redis' | 'encryptionKey' | 'time'> &
  Pick<SignalingDeps, 'http' | 'database' | 'relay' | 'tokens' | 'signIns' | 'gate' | 'alone'>;

/** The live side: media first, then sockets. Sockets are told and closed before anything else stops. */
async function openLive(base: Base, deps: LiveDeps): Promise<Signaling> {
  const { config, parts, logger, lifecycle, clock } = base;
  const media = await createMediaEngine({ ...config.media, production: config.production, logger });
  lifecycle.onStop('media', () => media.close());
  bundleUpgraded(deps.http);
  const live = await startSignaling({
    ...deps,
    cluster: openCluster(base, deps),
    onCall: deps.metrics.call,
    media,
    quality: createQualityStore(deps.database),
    logger,
    iceServers: createIceServers({ ...config.media, clock }),
    corsOrigins: config.http.corsOrigins,
    rateLimits: config.http.rateLimits,
    trustProxy: config.http.trustProxy,
    ...(parts.leaseMs !== undefined && { leaseMs: parts.leaseMs }),
  });
  lifecycle.onStop('signaling', () => live.close());
  addLiveMetrics(deps.metrics, live, media);
  deps.relay.start(() => 1 + live.peers());
  if (!deps.alone) await deps.relay.listen();
  return live;
}
