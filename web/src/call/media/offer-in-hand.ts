/**
 * An offer that is made before there is anybody to make it to. Who comes second gives it in the same breath in which they ask
 * for their seat: the server carries out the calls of a socket in order (SPEC.md, SC5), so whoever is there hears it when the
 * seat is taken, and answers while the answer to the join is on its way. Without a seat nobody hears it (MD1).
 */
import type { Ask } from '../connection/link.ts';
import type { Candidate } from './negotiation.ts';
import { cameraEncoding } from './outgoing.ts';
import { preferThriftySound } from './sdp.ts';

export type Kind = 'audio' | 'video';
/** In the order of the descriptions; the second picture is the shared screen. */
const lines: readonly { kind: Kind; sendEncodings?: RTCRtpEncodingParameters[] }[] = [
  { kind: 'audio' },
  { kind: 'video', sendEncodings: [cameraEncoding] },
  { kind: 'video' },
];

/** Sound and picture both ways at once: what is not sent yet is put in later without another round. Harmless twice. */
export function addLines(connection: RTCPeerConnection): void {
  if (connection.getTransceivers().length > 0) return;
  for (const { kind, ...more } of lines) connection.addTransceiver(kind, { direction: 'sendrecv', ...more });
}

export interface GivenOffer {
  to: string;
  /** Whoever takes it closes it. */
  connection: RTCPeerConnection;
  /** Found since, so that the offer does not name them; told by whoever takes the connection. */
  late: Candidate[];
}

/**
 * To be called right behind the question for the seat, with a connection that has made its offer. `refused` is heard when it
 * reached nobody: there is no seat, or the socket is lost.
 */
export function giveOffer(ask: Ask, given: Omit<GivenOffer, 'late'>, refused: () => void): GivenOffer {
  const { to, connection } = given;
  const late: Candidate[] = [];
  connection.onicecandidate = ({ candidate }) => {
    if (candidate) late.push(candidate.toJSON() as Candidate);
  };
  const sdp = preferThriftySound(connection.localDescription?.sdp ?? '');
  ask('signal:send', { to, description: { type: 'offer', sdp } }).catch(refused);
  return { ...given, late };
}
