/** The Socket.IO server: who may connect, what a connection is, and how it ends. */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Actor } from '../../src/platform/actor.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { AppError } from '../../src/platform/errors.ts';
import type { Logger } from '../../src/platform/logger.ts';
import type { ClientToServer, ServerToClient } from '../protocol/index.ts';
import type { SignalingServer } from '../rooms/channels.ts';
import { Session, type SignalingSocket } from '../rooms/session.ts';
import { type AccessTokens, authenticateHandshake } from './authenticate.ts';
import { createTurnstile, watchUnread } from './excess.ts';
import { judge, type SignIns } from './sign-ins.ts';
import { Standstill } from './standstill.ts';

export interface GatewayOptions {
  corsOrigins: readonly string[];
}

/** How Socket.IO names the ends that nobody meant. */
const losses: ReadonlySet<string> = new Set(['transport close', 'transport error', 'ping timeout']);

/** Sockets are refused until `accept` is called, so that nothing arrives before the rooms are ready. */
export function createSocketServer(http: HttpServer, options: GatewayOptions): SignalingServer {
  return new Server<ClientToServer, ServerToClient>(http, {
    serveClient: false,
    // An SDP of a two-person call has about 10 kB; what is larger is not ours.
    maxHttpBufferSize: 128 * 1024,
    // A dead connection is noticed within 13 s even when the network says nothing.
    pingInterval: 5_000,
    pingTimeout: 8_000,
    connectTimeout: 10_000,
    ...(options.corsOrigins.length > 0 && { cors: { origin: [...options.corsOrigins] } }),
  });
}

export interface GatewayDeps {
  io: SignalingServer;
  tokens: AccessTokens;
  signIns: SignIns;
  logger: Logger;
  /** By which tokens run out. */
  time: Clock;
  /** This node cannot serve anybody, and others can. */
  isGivenUp?: () => boolean;
  dispatch: (session: Session) => void;
  onGone: (session: Session) => Promise<void>;
  /** Off only for load tests. */
  rateLimits: boolean;
}

export interface Gateway {
  /** Lets nobody in any more, and releases who is there: they come back to the next server, not to this one. */
  drain(): void;
  /** Gives every socket up by the server's own will: what follows is nobody's leaving. */
  release(): void;
  /** Connections on this node. */
  count(): number;
  all(): Session[];
  find(socketId: string): Session | undefined;
}

export function accept(deps: GatewayDeps): Gateway {
  const sessions = new Map<string, Session>();
  const turnstile = createTurnstile(deps.rateLimits ? undefined : Number.POSITIVE_INFINITY);
  const standstill = new Standstill();
  let draining = false;
  // Held weakly: a socket that is lost during its handshake never connects and never disconnects.
  const actors = new WeakMap<SignalingSocket, Actor>();
  deps.io.use(
    authenticateHandshake(deps.tokens, (socket, actor) => {
      if (draining) throw new AppError('UNAVAILABLE', 'This server is stopping.');
      if (deps.isGivenUp?.()) throw new AppError('UNAVAILABLE', 'This server is cut off. Another one is not.');
      if (turnstile.isFull(actor.userId))
        throw new AppError('RATE_LIMITED', 'Close some of your other connections first.');
      actors.set(socket, actor);
    }),
  );
  deps.io.on('connection', (socket: SignalingSocket) => {
    const actor = actors.get(socket);
    // Asked once more: many may have been let through the handshake in the same moment.
    if (!actor || draining || !turnstile.enter(actor.userId)) {
      socket.disconnect(true);
      return;
    }
    const session = new Session(socket, actor, deps.time);
    sessions.set(socket.id, session);
    watchUnread(socket);
    deps.dispatch(session);
    void Promise.resolve(socket.join(session.personChannels()));
    socket.on('disconnect', (reason) => {
      session.wasCutOff = losses.has(reason);
      session.wasHeldUp = session.wasCutOff && standstill.isToBlame;
      sessions.delete(socket.id);
      turnstile.leave(actor.userId);
      session.forget();
      deps.onGone(session).catch((error: unknown) => deps.logger.error({ err: error }, 'a socket was not cleaned up'));
    });
    // Asked once more: what was revoked since the handshake found no session here to close.
    judge(deps.signIns, session);
  });
  deps.signIns.onRevoked(() => {
    for (const session of sessions.values()) judge(deps.signIns, session);
  });
  const release = () => {
    for (const session of sessions.values()) session.releasedByServer = true;
    deps.io.local.emit('server:draining', {});
  };
  return {
    release,
    drain() {
      draining = true;
      release();
      // From here on nobody leaves by themself.
      standstill.close();
    },
    count: () => sessions.size,
    all: () => [...sessions.values()],
    find: (socketId) => sessions.get(socketId),
  };
}
