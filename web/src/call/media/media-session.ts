/** Media built once over one set of transports, by the server (sfu.ts) or directly (p2p.ts). What fails is built again. */
import type { IceServer, Producer } from '../../../../signaling/protocol/index.ts';
import type { Fact } from '../connection/link.ts';
import type { LocalTracks } from '../local/local-media.ts';
import type { VoiceLevel } from '../speaking.ts';
import type { Statistics } from './link-report.ts';

/** What arrives of one track of one participant, counted from the beginning of the track. */
export interface InboundCount {
  participantId: string;
  kind: 'audio' | 'video';
  packets: number;
  /** Packets that never came. */
  lost: number;
  /** Pictures decoded; 0 for sound. */
  frames: number;
  jitterSeconds: number;
  /** Null where the browser does not say. */
  roundTripSeconds: number | null;
}

export interface MediaSessionEvents {
  /** `screen`: it is the screen that they share, and not their camera. */
  track(participantId: string, track: MediaStreamTrack, source?: 'screen'): void;
  trackGone(participantId: string, track: MediaStreamTrack): void;
  /** Packets stopped coming through; the network may be gone. */
  shaky(): void;
  /** It does not come back by itself. */
  failed(): void;
}

/** How things stand for a session that goes on after the socket was away. */
export interface Meanwhile {
  /** What the others send through the server; empty peer to peer. */
  producers: readonly Producer[];
  /** Who is there. */
  present: readonly string[];
  iceServers: readonly IceServer[];
}

export interface MediaSession {
  readonly kind: 'sfu' | 'p2p';
  /** Set from the beginning until a picture is agreed upon, and for a moment at most; resolves when that is through. */
  readonly inHaste?: Promise<void> | null;
  /** Sends these from now on; null sends nothing of the kind. */
  send(tracks: LocalTracks): void;
  /** Facts that are not about media are ignored. */
  hear(fact: Fact): void;
  /** Looks for another way between the same ends (ICE restart); what flows meanwhile flows on. Never rejects. */
  restart(): Promise<void>;
  /** The transports that can go on with another socket; null when something is missing that only building anew brings. */
  kept(): string[] | null;
  /** Goes on with another socket: catches up with what it missed, and looks for another way where the old one is gone. */
  goOn(meanwhile: Meanwhile): void;
  /** How loud each of the others is now. */
  levels(): readonly VoiceLevel[];
  /** So many lines of somebody's picture are shown, in pixels of the screen; 0 while it is out of sight. */
  show(participantId: string, lines: number): void;
  /** What arrives now, shared screens left out. Never rejects; empty when nothing can be said. */
  counts(): Promise<InboundCount[]>;
  /** What the browser counted of its connections. May reject while they change. */
  statistics(): Promise<Statistics>;
  /** No event is heard afterwards. Idempotent. Leaves the local tracks alone. */
  close(): void;
}
