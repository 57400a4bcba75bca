/**
 * Perfect negotiation (W3C WebRTC, section 10.7): both sides may offer at any time; when two offers cross, the polite
 * side takes its own back. Signals are dealt with one after another, in the order in which they came.
 */
import { videoStartKbps } from './outgoing.ts';
import { answeredSession, beginPicturesWith, hasIceUser, markAnswer, preferThriftySound, sdpSession } from './sdp.ts';

export interface Description {
  type: 'offer' | 'answer' | 'pranswer' | 'rollback';
  sdp?: string | undefined;
}

export interface Candidate {
  candidate: string;
  sdpMid?: string | null;
  sdpMLineIndex?: number | null;
  usernameFragment?: string | null;
}

export interface Signal {
  description?: Description | undefined;
  /** Null when gathering is over. */
  candidate?: Candidate | null | undefined;
}

/** What is used of an RTCPeerConnection. */
export interface NegotiatingPeer {
  readonly signalingState: string;
  readonly localDescription: { type: string; sdp: string } | null;
  readonly remoteDescription: { sdp: string } | null;
  setLocalDescription(): Promise<void>;
  setRemoteDescription(description: { type: Description['type']; sdp: string }): Promise<void>;
  addIceCandidate(candidate: Candidate): Promise<void>;
}

export interface NegotiationOptions {
  peer: NegotiatingPeer;
  /** Gives way when two offers cross. Exactly one side is. */
  isPolite: boolean;
  send: (signal: Signal) => void;
  /**
   * The other's offer is in place and about to be answered: the moment to put one's own tracks in. What it changes of the
   * answer it changes at once; the tracks are not waited for.
   */
  beforeAnswer: () => Promise<void>;
  /** It cannot go on from here; a new peer connection can. */
  failed: () => void;
}

export class Negotiation {
  readonly #options: NegotiationOptions;
  #isOffering = false;
  #isIgnoring = false;
  #isClosed = false;
  #remoteSession: string | null = null;
  /** The end of the queue of signals; always a promise that resolves. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: NegotiationOptions) {
    this.#options = options;
  }

  /** The session of the peer at the other end; null before its first description. */
  get remoteSession(): string | null {
    return this.#remoteSession;
  }

  /** Makes and sends an offer. Not queued behind signals: a collision has to be seen while it happens. */
  offer(): void {
    if (this.#isOffering) return;
    void this.#try(() => this.#makeOffer());
  }

  /** Sends the offer that the connection has made already, with all that it names by now. */
  give(): void {
    const made = this.#options.peer.localDescription;
    if (!this.#isClosed && made?.type === 'offer') this.#sendOffer(made.sdp);
  }

  receive({ description, candidate }: Signal): void {
    if (description) this.#next(() => this.#takeDescription(description));
    if (candidate) this.#next(() => this.#takeCandidate(candidate));
  }

  /** Nothing is sent or heard afterwards. */
  close(): void {
    this.#isClosed = true;
  }

  #next(step: () => Promise<void>): void {
    this.#work = this.#work.then(() => this.#try(step));
  }

  /** A failure is told, and ends nothing else. */
  async #try(step: () => Promise<void>): Promise<void> {
    if (this.#isClosed) return;
    try {
      await step();
    } catch {
      if (!this.#isClosed) this.#options.failed();
    }
  }

  async #makeOffer(): Promise<void> {
    const { peer } = this.#options;
    this.#isOffering = true;
    try {
      await peer.setLocalDescription();
      // Between the two lines the other's offer may have been taken instead; then there is nothing to send.
      const made = peer.localDescription;
      if (this.#isClosed || made?.type !== 'offer') return;
      this.#sendOffer(made.sdp);
    } finally {
      this.#isOffering = false;
    }
  }

  #sendOffer(sdp: string): void {
    this.#options.send({ description: { type: 'offer', sdp: preferThriftySound(sdp) } });
  }

  async #takeDescription({ type, sdp = '' }: Description): Promise<void> {
    const { peer, isPolite } = this.#options;
    const isCollision = type === 'offer' && (this.#isOffering || peer.signalingState !== 'stable');
    this.#isIgnoring = !isPolite && isCollision;
    if (this.#isIgnoring || (type === 'answer' && isStaleAnswer(peer, sdp))) return;
    await peer.setRemoteDescription({ type, sdp: beginPicturesWith(sdp, videoStartKbps) });
    this.#remoteSession = sdpSession(sdp);
    if (type === 'offer') await this.#answer();
  }

  async #answer(): Promise<void> {
    const { peer, send, beforeAnswer } = this.#options;
    await Promise.all([beforeAnswer(), peer.setLocalDescription()]);
    const made = peer.localDescription;
    if (this.#isClosed || made?.type !== 'answer') return;
    send({ description: { type: 'answer', sdp: markAnswer(preferThriftySound(made.sdp), this.#remoteSession) } });
  }

  /** Candidates of an offer that was ignored, or of a peer that is no more, are not for this one. */
  async #takeCandidate(candidate: Candidate): Promise<void> {
    const { peer } = this.#options;
    const description = peer.remoteDescription;
    if (this.#isIgnoring || !description) return;
    const { usernameFragment } = candidate;
    if (usernameFragment && !hasIceUser(description.sdp, usernameFragment)) return;
    await peer.addIceCandidate(candidate).catch(() => undefined);
  }
}

/** An answer to an offer of a peer connection that is gone would put its keys on this one. */
function isStaleAnswer(peer: NegotiatingPeer, sdp: string): boolean {
  if (peer.signalingState === 'stable') return true;
  const answered = answeredSession(sdp);
  return answered !== null && answered !== sdpSession(peer.localDescription?.sdp ?? '');
}
