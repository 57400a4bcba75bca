/** Who sits in a room, as the room sees them: a session of this node, or one that another node speaks for (cluster/). */
import type { Room } from './room.ts';
import type { Seating, Session, SignalingSocket } from './session.ts';

export interface Sitter extends Pick<Session, 'id' | 'wasCutOff' | 'takeSeatAway'> {
  readonly socket: Pick<SignalingSocket, 'emit' | 'join' | 'leave'>;
  seating: Seating | null;
}

/** A room as the session in it sees it: of this node, or of another one (cluster/remote-room.ts). */
export type RoomDoor = Pick<
  Room,
  | 'tenantId'
  | 'meetingId'
  | 'channel'
  | 'isEmpty'
  | 'media'
  | 'seat'
  | 'unseat'
  | 'guestsBeside'
  | 'present'
  | 'setSending'
  | 'iceServers'
> & {
  /** Through what a participant is told something; undefined when they do not sit here. */
  session(participantId: string): { socket: Pick<SignalingSocket, 'emit'> } | undefined;
};
