/**
 * Media directly between the browsers. Whoever joins offers to everyone who is there; whoever is there answers. A new
 * session id in an offer means that the other side began anew, and this side does too.
 */
import type { FactPayload, IceServer, Participant } from '../../../../signaling/protocol/index.ts';
import type { Ask, Fact } from '../connection/link.ts';
import type { LocalTracks } from '../local/local-media.ts';
import type { VoiceLevel } from '../speaking.ts';
import { Haste } from './haste.ts';
import type { Statistics } from './link-report.ts';
import type { InboundCount, Meanwhile, MediaSession, MediaSessionEvents } from './media-session.ts';
import type { Candidate, Signal } from './negotiation.ts';
import { notingAsk } from './noting-ask.ts';
import type { GivenOffer } from './offer-in-hand.ts';
import { P2pPeer } from './p2p-peer.ts';
import { sdpSession } from './sdp.ts';
import { rtcIceServers } from './sfu-terms.ts';
import { openConnection, type Spare, type SpareRole } from './spare.ts';

export interface P2pOptions {
  self: Participant;
  /** Those who are there already. */
  present: readonly string[];
  iceServers: readonly IceServer[];
  /** Taken for the first of the others; had ready while nobody is there, or somebody may come back. */
  spare: Spare;
  /** On its way to one of those who are there. */
  given?: GivenOffer | null;
  tracks: LocalTracks;
  ask: Ask;
  events: MediaSessionEvents;
}

/** How long to wait for the offer of somebody who has just joined before making one. */
const offerWaitMs = 3_000;
/** A pair that cannot connect (no way through, no TURN) tries again, but not all the time. */
const longestPauseMs = 30_000;

export function openP2pSession(options: P2pOptions): MediaSession {
  return new P2pSession(options);
}

class P2pSession implements MediaSession {
  readonly kind = 'p2p';
  readonly #options: P2pOptions;
  readonly #peers = new Map<string, P2pPeer>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #failures = new Map<string, number>();
  /** Whose place another has taken: each is closed when that one has said what it has to say. */
  readonly #replaced = new Map<string, P2pPeer>();
  readonly #arrived = new Map<string, MediaStreamTrack[]>();
  /** Who has lost the way to the server: nothing said to them is heard, and they come back with a new offer. */
  readonly #away = new Set<string>();
  readonly #haste = new Haste();
  readonly #ask: Ask;
  #iceServers: readonly IceServer[];
  #tracks: LocalTracks;
  /** A signal got lost: what was being agreed upon may never be. */
  #isHurt = false;
  #isClosed = false;

  constructor(options: P2pOptions) {
    this.#options = options;
    this.#iceServers = options.iceServers;
    this.#ask = notingAsk(options.ask, () => {
      this.#isHurt = true;
    });
    this.#tracks = options.tracks;
    // Somebody may be on their way already to whoever is the first.
    this.#haste.begin();
    const { given = null } = options;
    for (const id of options.present) {
      if (given?.to === id) this.#goOnWith(given);
      else this.#begin(id).offer();
    }
    if (options.present.length === 0) this.#keepSpare();
  }

  get inHaste(): Promise<void> | null {
    return this.#haste.current;
  }

  send(tracks: LocalTracks): void {
    this.#tracks = tracks;
    for (const peer of this.#peers.values()) peer.send(tracks);
  }

  hear(fact: Fact): void {
    if (this.#isClosed) return;
    if (fact.name === 'signal:received') this.#onSignal(fact.payload);
    else if (fact.name === 'participant:joined' || fact.name === 'participant:returned') {
      this.#onArrival(fact.payload.participant.id);
    } else if (fact.name === 'participant:dropped') this.#onDrop(fact.payload.participant.id);
    else if (fact.name === 'participant:left') this.#end(fact.payload.participant.id);
  }

  async restart(): Promise<void> {
    for (const [id, peer] of this.#peers) if (!this.#away.has(id)) peer.restart();
  }

  kept(): string[] | null {
    return this.#isHurt ? null : [];
  }

  goOn({ present, iceServers }: Meanwhile): void {
    this.#iceServers = iceServers;
    for (const id of this.#peers.keys()) if (!present.includes(id)) this.#onDrop(id);
    for (const id of present) {
      this.#away.delete(id);
      const peer = this.#peers.get(id);
      if (peer?.isConnected === true) peer.isStale = false;
      else this.#begin(id).offer();
    }
  }

  /** There is one picture in one size. */
  show(): void {}

  levels(): readonly VoiceLevel[] {
    return [...this.#peers.values()].flatMap((peer) => peer.levels());
  }

  async counts(): Promise<InboundCount[]> {
    const counts = await Promise.all([...this.#peers.values()].map((peer) => peer.counts()));
    return counts.flat().filter((one) => one !== null);
  }

  async statistics(): Promise<Statistics> {
    const reports = await Promise.all([...this.#peers.values()].map((peer) => peer.statistics()));
    return { up: reports, down: reports };
  }

  close(): void {
    this.#isClosed = true;
    this.#haste.end();
    for (const id of [...this.#peers.keys(), ...this.#timers.keys()]) this.#drop(id);
  }

  #onSignal({ from, description, candidate }: FactPayload<'signal:received'>): void {
    const known = this.#peers.get(from);
    const isOffer = description?.type === 'offer';
    if (isOffer) this.#away.delete(from);
    const peer = isOffer && beginsAnew(known, description.sdp ?? '') ? this.#begin(from, 'answers') : known;
    // JSON knows no `undefined`, whatever the parsed type allows.
    peer?.receive({ ...(description && { description }), ...(candidate && { candidate: candidate as Candidate }) });
  }

  /** They offer, being the newcomer. If they do not, or an offer of ours went to their older socket, we do. */
  #onArrival(id: string): void {
    const peer = this.#peers.get(id);
    this.#away.delete(id);
    if (id === this.#options.self.id || (peer && !peer.isStale && !peer.isUnanswered)) return;
    this.#after(offerWaitMs, id, () => {
      const now = this.#peers.get(id);
      // They lost their socket alone, and go on with what they had.
      if (now?.isConnected === true && !now.isUnanswered) {
        now.isStale = false;
        this.#options.spare.drop();
      }
      if (!now || (now === peer && (now.isStale || now.isUnanswered))) this.#begin(id).offer();
    });
  }

  /** Only their way to the server is gone for sure: what still flows between the browsers may go on. */
  #onDrop(id: string): void {
    const peer = this.#peers.get(id);
    this.#away.add(id);
    if (peer) peer.isStale = true;
    this.#keepSpare();
  }

  #keepSpare(): void {
    this.#options.spare.keep(rtcIceServers(this.#iceServers));
  }

  /** The offer is on its way; what has been found since is not. */
  #goOnWith({ to, connection, late }: GivenOffer): void {
    const peer = this.#begin(to, connection);
    peer.send(this.#tracks);
    for (const candidate of late) this.#signal(to, { candidate });
  }

  /** Over a connection that is there, or over a new one that will be the one to offer or to answer. */
  #begin(id: string, over: RTCPeerConnection | SpareRole = 'offers'): P2pPeer {
    // Without telling that the tracks are gone: the last picture stays until the new one is there.
    this.#replace(id);
    this.#haste.begin();
    const { self, events, spare } = this.#options;
    const peer = new P2pPeer({
      participantId: id,
      connection: typeof over === 'string' ? this.#connection(over) : over,
      // Any order will do as long as both sides of a pair agree on it.
      isPolite: self.id > id,
      tracks: this.#tracks,
      events: {
        signal: (signal) => {
          this.#signal(id, signal);
          if (signal.description) this.#closeReplaced(id);
        },
        track: (track, source) => this.#onTrack(id, track, source),
        connected: () => {
          this.#haste.end();
          this.#failures.delete(id);
        },
        shaky: () => {
          // It may be this end whose network is gone, and with it what was gathered there.
          spare.drop();
          events.shaky();
        },
        failed: () => this.#onFailed(id, peer),
      },
    });
    this.#peers.set(id, peer);
    return peer;
  }

  #connection(role: SpareRole): RTCPeerConnection {
    return this.#options.spare.take(role) ?? openConnection(rtcIceServers(this.#iceServers));
  }

  #onTrack(id: string, track: MediaStreamTrack, source?: 'screen'): void {
    this.#arrived.set(id, [...(this.#arrived.get(id) ?? []), track]);
    this.#options.events.track(id, track, source);
  }

  /** An offer or candidate that is lost with the socket is made again with the next one. */
  #signal(id: string, signal: Signal): void {
    this.#ask('signal:send', { to: id, ...signal }).catch(() => undefined);
  }

  #onFailed(id: string, peer: P2pPeer): void {
    if (this.#isClosed || this.#peers.get(id) !== peer) return;
    const failures = (this.#failures.get(id) ?? 0) + 1;
    this.#failures.set(id, failures);
    peer.isStale = true;
    if (this.#away.has(id)) return;
    const pause = failures === 1 ? 0 : Math.min(longestPauseMs, 1_000 * 2 ** failures);
    this.#after(pause, id, () => {
      if (this.#peers.get(id) === peer) this.#begin(id).offer();
    });
  }

  #end(id: string): void {
    for (const track of this.#drop(id)) this.#options.events.trackGone(id, track);
    if (this.#peers.size === 0) this.#keepSpare();
  }

  #replace(id: string): void {
    const peer = this.#peers.get(id);
    this.#peers.delete(id);
    this.#drop(id);
    peer?.hush();
    if (peer) this.#replaced.set(id, peer);
  }

  #closeReplaced(id: string): void {
    this.#replaced.get(id)?.close();
    this.#replaced.delete(id);
  }

  /** Answers the tracks that came from the peer that was dropped. */
  #drop(id: string): readonly MediaStreamTrack[] {
    this.#closeReplaced(id);
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#peers.get(id)?.close();
    this.#peers.delete(id);
    const tracks = this.#arrived.get(id) ?? [];
    this.#arrived.delete(id);
    return tracks;
  }

  #after(ms: number, id: string, run: () => void): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.set(id, setTimeout(run, ms));
  }
}

/** An offer that cannot be for the peer connection that is there: of another session, or the first one after a drop. */
function beginsAnew(known: P2pPeer | undefined, offer: string): boolean {
  if (!known) return true;
  return known.remoteSession === null ? known.isStale : known.remoteSession !== sdpSession(offer);
}
