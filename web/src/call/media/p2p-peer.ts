/** One RTCPeerConnection to one other participant, from its first offer until it is replaced. */
import type { LocalTracks } from '../local/local-media.ts';
import { levelOf, type VoiceLevel } from '../speaking.ts';
import { readReceiver } from './inbound.ts';
import type { InboundCount } from './media-session.ts';
import { type Candidate, Negotiation, type Signal } from './negotiation.ts';
import { addLines, type Kind } from './offer-in-hand.ts';
import { shapeSender } from './outgoing.ts';
import { type TransportWatch, watchTransport } from './transport-watch.ts';
import type { Report } from './way.ts';

export interface P2pPeerEvents {
  signal(signal: Signal): void;
  track(track: MediaStreamTrack, source?: 'screen'): void;
  connected(): void;
  shaky(): void;
  failed(): void;
}

export interface P2pPeerOptions {
  participantId: string;
  /** A new one; it is the peer's from now on, which closes it. */
  connection: RTCPeerConnection;
  isPolite: boolean;
  tracks: LocalTracks;
  events: P2pPeerEvents;
}

export class P2pPeer {
  readonly #participantId: string;
  readonly #connection: RTCPeerConnection;
  readonly #negotiation: Negotiation;
  readonly #watch: TransportWatch;
  readonly #connected: () => void;
  #tracks: LocalTracks;
  /** Set when the other side dropped: when they return they may come with a new peer connection. */
  isStale = false;
  #isHushed = false;
  #isClosed = false;

  constructor({ participantId, connection, isPolite, tracks, events }: P2pPeerOptions) {
    this.#participantId = participantId;
    this.#tracks = tracks;
    this.#connected = () => events.connected();
    this.#connection = connection;
    this.#watch = watchTransport({
      failed: () => events.failed(),
      shaky: () => {
        events.shaky();
        this.restart();
      },
    });
    // From the first moment: an offer that nobody answers is made again by whoever replaces this.
    this.#watch.changed('connecting');
    this.#negotiation = new Negotiation({
      peer: connection,
      isPolite,
      send: (signal) => events.signal(signal),
      beforeAnswer: () => this.#put(),
      failed: () => events.failed(),
    });
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) events.signal({ candidate: candidate.toJSON() as Candidate });
    };
    connection.ontrack = ({ track, transceiver }) =>
      events.track(track, this.#isScreen(transceiver) ? 'screen' : undefined);
    connection.onconnectionstatechange = () => this.#onState();
  }

  get remoteSession(): string | null {
    return this.#negotiation.remoteSession;
  }

  get isConnected(): boolean {
    return this.#connection.connectionState === 'connected';
  }

  /** It has made an offer, and nothing has come back yet. */
  get isUnanswered(): boolean {
    return this.#connection.signalingState === 'have-local-offer';
  }

  /** The tracks are put in meanwhile: the offer is the same with and without. One that was made beforehand goes as it is. */
  offer(): void {
    addLines(this.#connection);
    this.send(this.#tracks);
    if (this.isUnanswered) this.#negotiation.give();
    else this.#negotiation.offer();
  }

  /** Looks for another way to the same browser; before the first way is found there is nothing to restart. */
  restart(): void {
    if (this.#isHushed || this.#connection.remoteDescription === null) return;
    this.#connection.restartIce();
    this.#negotiation.offer();
  }

  receive(signal: Signal): void {
    this.#negotiation.receive(signal);
  }

  send(tracks: LocalTracks): void {
    this.#tracks = tracks;
    this.#put().catch(() => undefined);
  }

  async counts(): Promise<(InboundCount | null)[]> {
    return Promise.all(
      this.#connection
        .getTransceivers()
        .filter((transceiver) => !this.#isScreen(transceiver))
        .map(({ receiver }) => readReceiver(receiver, this.#participantId, receiver.track.kind as Kind)),
    );
  }

  statistics(): Promise<Report> {
    return this.#connection.getStats();
  }

  /** No event is heard from now on, and nothing is agreed upon any more. */
  hush(): void {
    this.#isHushed = true;
    this.#watch.stop();
    this.#negotiation.close();
    const connection = this.#connection;
    connection.onicecandidate = null;
    connection.ontrack = null;
    connection.onconnectionstatechange = null;
  }

  /** Idempotent; no event is heard afterwards. A browser takes some 10 ms for it, in which the page does nothing else. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.hush();
    this.#connection.close();
  }

  levels(): readonly VoiceLevel[] {
    const receiver = this.#connection.getReceivers().find(({ track }) => track.kind === 'audio');
    const level = levelOf(receiver, this.#participantId);
    return level ? [level] : [];
  }

  #isScreen(transceiver: RTCRtpTransceiver): boolean {
    const pictures = this.#connection.getTransceivers().filter(({ receiver }) => receiver.track.kind === 'video');
    return pictures.indexOf(transceiver) > 0;
  }

  #trackFor(transceiver: RTCRtpTransceiver): MediaStreamTrack | null {
    if (this.#isScreen(transceiver)) return this.#tracks.screen ?? null;
    return this.#tracks[transceiver.receiver.track.kind as Kind];
  }

  /** Puts the tracks into the transceivers that are there. One that the other side offered is turned both ways. */
  async #put(): Promise<void> {
    if (this.#isHushed) return;
    await Promise.all(
      this.#connection.getTransceivers().map(async (transceiver) => {
        const track = this.#trackFor(transceiver);
        if (transceiver.direction === 'recvonly') {
          transceiver.direction = 'sendrecv';
          this.#shape(transceiver);
        }
        if (transceiver.sender.track !== track) await transceiver.sender.replaceTrack(track);
      }),
    );
  }

  #onState(): void {
    const state = this.#connection.connectionState;
    this.#watch.changed(state);
    if (state !== 'connected') return;
    this.#connected();
    for (const transceiver of this.#connection.getTransceivers()) this.#shape(transceiver);
  }

  #shape(transceiver: RTCRtpTransceiver): void {
    const { sender, receiver } = transceiver;
    if (!this.#isScreen(transceiver)) void shapeSender(sender, receiver.track.kind as Kind);
  }
}
