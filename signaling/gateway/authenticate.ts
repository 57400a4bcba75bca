/** Who a socket is: its access token at the handshake, and a newer one before it runs out. */
import type { Actor } from '../../src/platform/actor.ts';
import { AppError } from '../../src/platform/errors.ts';
import type { SignalingSocket } from '../rooms/session.ts';
import { callFailure } from './call-failure.ts';

export interface AccessTokens {
  /** Throws AppError UNAUTHENTICATED. */
  verifyAccess(token: string): Promise<Actor>;
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

/** `admit` may refuse by throwing an AppError. */
export function authenticateHandshake(
  tokens: AccessTokens,
  admit: (socket: SignalingSocket, actor: Actor) => void,
): HandshakeMiddleware {
  return (socket, next) => {
    const token: unknown = socket.handshake.auth['token'];
    const verified =
      typeof token === 'string' && token.length <= 8192
        ? tokens.verifyAccess(token)
        : Promise.reject(new AppError('UNAUTHENTICATED', 'The handshake carries no access token.'));
    verified
      .then((actor) => admit(socket, actor))
      .then(
        () => next(),
        (error: unknown) => next(new HandshakeRefused(callFailure(error).failure)),
      );
  };
}
