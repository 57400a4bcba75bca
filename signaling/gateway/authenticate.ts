/** Who a socket is: its access token at the handshake, and a newer one before it runs out. */
import type { Actor } from '../../src/platform/actor.ts';
import { AppError } from '../../src/platform/errors.ts';
import { isLocalRequest } from '../../src/platform/http/local-request.ts';
import type { SignalingSocket } from '../rooms/session.ts';
import { callFailure } from './call-failure.ts';

export interface AccessTokens {
  /** Throws AppError UNAUTHENTICATED. */
  verifyAccess(token: string): Promise<Actor>;
  /** Takes a name for an identity, from this machine alone; only while developing. */
  bypass?: ((name: string) => Promise<Actor>) | undefined;
}

/** A refused handshake: Socket.IO hands `data` to the client's `connect_error`. */
class HandshakeRefused extends Error {
  readonly data: { code: string; message: string };
  constructor(data: { code: string; message: string }) {
    super(data.message);
    this.data = data;
  }
}

export type HandshakeMiddleware = (socket: SignalingSocket, next: (error?: Error) => void) => void;

function identify(tokens: AccessTokens, socket: SignalingSocket, token: string): Promise<Actor> {
  const name = tokens.bypass && /^Bypass +(\S+)$/.exec(token)?.[1];
  return name !== undefined && tokens.bypass && isLocalRequest(socket.request)
    ? tokens.bypass(name)
    : tokens.verifyAccess(token);
}

/** `admit` may refuse by throwing an AppError. */
export function authenticateHandshake(
  tokens: AccessTokens,
  admit: (socket: SignalingSocket, actor: Actor) => void,
): HandshakeMiddleware {
  return (socket, next) => {
    const token: unknown = socket.handshake.auth['token'];
    const verified =
      typeof token === 'string' && token.length <= 8192
        ? identify(tokens, socket, token)
        : Promise.reject(new AppError('UNAUTHENTICATED', 'The handshake carries no access token.'));
    verified
      .then((actor) => admit(socket, actor))
      .then(
        () => next(),
        (error: unknown) => next(new HandshakeRefused(callFailure(error).failure)),
      );
  };
}
