/** The Socket.IO rooms that facts go to. Names carry ids only; the word "room" is kept for live rooms. */

import type { Server } from 'socket.io';
import type { ClientToServer, FactName, FactPayload, ServerToClient } from '../protocol/index.ts';
import { toldToGuests } from './for-guests.ts';

export type SignalingServer = Server<ClientToServer, ServerToClient>;

const meetingStart = 'meeting:';
/**
 * Doctor and patient while they have a seat in the meeting, wherever their socket is. Guests are in channels of their own
 * beside it (for-guests.ts), to which the announcer tells what they may hear.
 */
export const meetingChannel = (tenantId: string, meetingId: string): string =>
  `${meetingStart}${tenantId}:${meetingId}`;
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
      const { rooms } = io.of('/').adapter;
      const emit = (to: readonly string[], told: typeof payload) => {
        // Socket.IO writes a fact out before it looks whether anybody is there: on most nodes, and among guests, nobody is.
        if (!to.some((channel) => rooms.has(channel))) return;
        io.to([...to])
          .except([...except])
          .emit(fact, ...([told] as unknown as Parameters<ServerToClient[typeof fact]>));
      };
      // One emit for all channels: Socket.IO reaches a socket that is in several of them once.
      emit(channels, payload);
      for (const meeting of channels.filter((channel) => channel.startsWith(meetingStart))) {
        for (const view of toldToGuests(meeting, fact, payload)) emit([view.channel], view.payload);
      }
    },
  };
}
