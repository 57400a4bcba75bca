/** Wires the live side: gateway, rooms, media, this node's lease. The gate to the meetings is handed in. */
import type { Server as HttpServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../src/platform/clock.ts';
import type { Database } from '../src/platform/db/scope.ts';
import type { OutboxRelay } from '../src/platform/jobs/relay.ts';
import type { Logger } from '../src/platform/logger.ts';
import { Cluster, type ClusterWay } from './cluster/cluster.ts';
import { NodeLease } from './cluster/nodes.ts';
import { type AccessTokens } from './gateway/authenticate.ts';
import { createDispatcher } from './gateway/dispatcher.ts';
import { accept, createSocketServer, type Gateway } from './gateway/gateway.ts';
import type { HandlerDeps } from './gateway/handler.ts';
import { createHandlers } from './gateway/handlers/index.ts';
import { giveUpSeat } from './gateway/handlers/meeting.ts';
import { NetworkTests } from './gateway/network-tests.ts';
import type { CallListener } from './gateway/observed.ts';
import type { SignIns } from './gateway/sign-ins.ts';
import type { MediaEngine } from './media/engine.ts';
import type { GuestsChanged, MeetingChanged, MeetingGate, QualityStore } from './meeting-gate.ts';
import type { IceServer } from './protocol/index.ts';
import { QualityBook } from './quality/book.ts';
import { type Announcer, createAnnouncer, type SignalingServer } from './rooms/channels.ts';
import { Registry } from './rooms/registry.ts';
import type { Session } from './rooms/session.ts';
import { type FileShared, tellFile } from './rooms/tell-file.ts';
import { tellGuests } from './rooms/tell-guests.ts';
import { tellMeeting } from './rooms/tell-meeting.ts';
import { type PaymentChanged, tellPayment } from './rooms/tell-payment.ts';

export interface SignalingDeps {
  http: HttpServer;
  database: Database;
  relay: OutboxRelay;
  gate: MeetingGate;
  tokens: AccessTokens;
  signIns: SignIns;
  media: MediaEngine;
  /** Where it is kept how the participants' connections were. */
  quality: QualityStore;
  iceServers: (participantId: string) => IceServer[];
  logger: Logger;
  /** By which tokens run out: the real one, and not the clinical. */
  time: Clock;
  corsOrigins: readonly string[];
  rateLimits: boolean;
  /** How many proxies in front of us are ours. */
  trustProxy: number;
  /** The embedded database serves one process: whatever node it knows is dead. */
  alone: boolean;
  leaseMs?: number;
  /** To the other nodes, where there may be some. */
  cluster?: ClusterWay | undefined;
  /** Hears of each call once it is answered. */
  onCall?: CallListener;
}

export interface Signaling {
  /** This node, as seats and timelines name it. */
  nodeId(): string;
  /** Connections and rooms on this node. */
  counts(): { sockets: number; rooms: number };
  /** Who sits in those rooms. */
  participants(): number;
  /** Other nodes that this one hears. */
  peers(): number;
  /** Tells everyone to reconnect, keeps their seats for the recovery window, then closes every socket and room. Idempotent. */
  close(): Promise<void>;
}

/** Resolves when sockets are accepted. */
export async function startSignaling(deps: SignalingDeps): Promise<Signaling> {
  const io = createSocketServer(deps.http, deps);
  const own = createAnnouncer(io);
  const cluster =
    deps.cluster && new Cluster({ ...deps, ...deps.cluster, own, nodeId: () => node.id, isLeased: () => node.isGood });
  const announcer = cluster?.announcer ?? own;
  const registry = new Registry({ media: deps.media, announcer, iceServers: deps.iceServers });
  const node = await NodeLease.take({
    prisma: deps.database.prisma,
    logger: deps.logger,
    alone: deps.alone,
    ...(deps.leaseMs && { leaseMs: deps.leaseMs }),
    loseNode: (nodeId) => deps.gate.loseNode(nodeId),
    othersGoOn: () => cluster?.othersAreLeased ?? false,
    onRenamed: (nodeId) => cluster?.renamed(nodeId),
    onLost: () => {
      cluster?.lost();
      gateway.release();
      io.local.disconnectSockets(true);
      registry
        .abandon('node lost')
        .catch((error: unknown) => deps.logger.error({ err: error }, 'rooms were not closed'));
    },
  });
  const tests = new NetworkTests(deps.media);
  const quality = new QualityBook({ store: deps.quality, logger: deps.logger });
  const handlerDeps: HandlerDeps = { ...deps, registry, announcer, tests, quality, nodeId: () => node.id };
  const dispatch = createDispatcher({ ...deps, handlers: createHandlers(handlerDeps) });
  hear({ ...deps, announcer, registry });
  const gateway = accept({
    io,
    tokens: deps.tokens,
    signIns: deps.signIns,
    logger: deps.logger,
    time: deps.time,
    rateLimits: deps.rateLimits,
    isGivenUp: () => node.isGivenUp,
    dispatch,
    onGone: (session) => onGone(handlerDeps, session),
  });

  cluster?.open({ registry, sessions: gateway });
  if (cluster) deps.relay.tellWhile(() => cluster.reachesAll());
  await cluster?.introduce();

  let closing: Promise<void> | undefined;
  const close = () => stop({ ...deps, io, node, cluster, gateway, quality, registry });
  return {
    nodeId: () => node.id,
    counts: () => ({ sockets: gateway.count(), rooms: registry.size }),
    participants: () => registry.participants,
    peers: () => cluster?.peers ?? 0,
    close: () => (closing ??= close()),
  };
}

interface Stopping {
  gate: MeetingGate;
  logger: Logger;
  io: SignalingServer;
  node: NodeLease;
  cluster: Cluster | undefined;
  gateway: Gateway;
  quality: QualityBook;
  registry: Registry;
}

async function stop({ gate, logger, io, node, cluster, gateway, quality, registry }: Stopping): Promise<void> {
  /** Whether every seat here is settled. If not, the lease is left to run out, and another node settles them. */
  const loseSeats = () =>
    gate.loseNode(node.id).then(
      () => true,
      (error: unknown) => {
        logger.error({ err: error }, 'not every seat was settled before the stop');
        return false;
      },
    );
  cluster?.retire();
  gateway.drain();
  // The others take everybody in, so nobody has to lose a seat; whoever stays until the end does.
  if (cluster && cluster.peers > 0) await emptied(gateway, cluster);
  await cluster?.handOver('all');
  await loseSeats();
  await io.close();
  await quality.close();
  await registry.close('node closed');
  // Who was on the way in when the stop began may have taken a seat since.
  await node.close({ forget: await loseSeats() });
  await cluster?.close();
}

/** How long the sockets of a node that stops have to find another one. */
const drainMs = 5_000;

/**
 * Resolves when nobody is connected any more, or in time. A room stays, and its media flows, until everybody in it is
 * connected elsewhere: then the picture is away for as long as building media anew takes, and not for finding a node too.
 */
async function emptied({ count }: Pick<Gateway, 'count'>, cluster: Cluster): Promise<void> {
  const until = performance.now() + drainMs;
  while (count() > 0 && performance.now() < until) {
    await pause(50);
    await cluster.handOver('left');
  }
}

/** What the wings tell by fact goes on to those whom it concerns. */
function hear({
  relay,
  gate,
  announcer,
  registry,
}: Pick<SignalingDeps, 'relay' | 'gate'> & { announcer: Announcer; registry: Registry }): void {
  relay.on('meeting.changed', ({ payload }) => tellMeeting({ announcer, registry, gate }, payload as MeetingChanged));
  relay.on('meeting.guests', ({ payload }) => tellGuests({ announcer, gate }, payload as GuestsChanged));
  relay.on('payment.changed', ({ tenantId, payload }) => tellPayment(announcer, tenantId, payload as PaymentChanged));
  relay.on('upload.shared', ({ tenantId, payload }) => tellFile(announcer, tenantId, payload as FileShared));
}

/** The socket is gone. If the server gave it up itself, the seat was settled already. */
async function onGone(deps: HandlerDeps, session: Session): Promise<void> {
  const { seating } = session;
  if (!seating) return;
  if (!session.releasedByServer) {
    await giveUpSeat(deps, session, session.cause);
    return;
  }
  await deps.registry.exclusive(seating.seat.tenantId, seating.seat.meetingId, () => seating.room.unseat(session));
}
