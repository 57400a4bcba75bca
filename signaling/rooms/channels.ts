/** The Socket.IO rooms that facts go to. Names carry ids only; the word "room" is kept for live rooms. */

import type { Server } from 'socket.io';
import type { ClientToServer, FactName, FactPayload, ServerToClient } from '../protocol/index.ts';

export type SignalingServer = Server<ClientToServer, ServerToClient>;

/** Everyone who has a seat in the meeting, wherever their socket is. */
export const meetingChannel = (tenantId: string, meetingId: string): string => `meeting:${tenantId}:${meetingId}`;
/** Every socket of one person. */
export const personChannel = (tenantId: string, participantId: string): string => `person:${tenantId}:${participantId}`;
/** Whoever watches all queues of the clinic. */
export const queuesChannel = (tenantId: string): string => `queues:${tenantId}`;

export interface Announcer {
  /** Tells every socket in any of the channels, once, but those in `except`. */
  tell<N extends FactName>(
    channels: readonly string[],
    fact: N,
    payload: FactPayload<N>,
    except?: readonly string[],
  ): void;
}

export function createAnnouncer(io: SignalingServer): Announcer {
  return {
    tell(channels, fact, payload, except = []) {
      // One emit for all channels: Socket.IO reaches a socket that is in several of them once.
      io.to([...channels])
        .except([...except])
        .emit(fact, ...([payload] as unknown as Parameters<ServerToClient[typeof fact]>));
    },
  };
}
