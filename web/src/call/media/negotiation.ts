/**
 * Perfect negotiation (W3C WebRTC, section 10.7): both sides may offer at any time; when two offers cross, the polite
 * side takes its own back. Signals are dealt with one after another, in the order in which they came.
 */
import { answeredSession, hasIceUser, markAnswer, preferThriftySound, sdpSession } from './sdp.ts';

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
  send(signal: Signal): void;
  /** The other's offer is in place and about to be answered: the moment to put one's own tracks in. */
  beforeAnswer(): Promise<void>;
  /** It cannot go on from here; a new peer connection can. */
  failed(): void;
}

export interface Negotiation {
  /** The session of the peer at the other end; null before its first description. */
  readonly remoteSession: string | null;
  /** Makes and sends an offer. */
  offer(): void;
  receive(signal: Signal): void;
  /** Nothing is sent or heard afterwards. */
  close(): void;
}

export function createNegotiation({ peer, isPolite, send, beforeAnswer, failed }: NegotiationOptions): Negotiation {
  let isOffering = false;
  let isIgnoring = false;
  let isClosed = false;
  let remoteSession: string | null = null;
  let work: Promise<void> = Promise.resolve();

  async function makeOffer(): Promise<void> {
    isOffering = true;
    try {
      await peer.setLocalDescription();
      // Between the two lines the other's offer may have been taken instead; then there is nothing to send.
      const made = peer.localDescription;
      if (!isClosed && made?.type === 'offer') {
        send({ description: { type: 'offer', sdp: preferThriftySound(made.sdp) } });
      }
    } finally {
      isOffering = false;
    }
  }

  async function takeDescription({ type, sdp = '' }: Description): Promise<void> {
    const isCollision = type === 'offer' && (isOffering || peer.signalingState !== 'stable');
    isIgnoring = !isPolite && isCollision;
    if (isIgnoring || (type === 'answer' && isStaleAnswer(peer, sdp))) return;
    await peer.setRemoteDescription({ type, sdp });
    remoteSession = sdpSession(sdp);
    if (type !== 'offer') return;
    await beforeAnswer();
    await peer.setLocalDescription();
    const made = peer.localDescription;
    if (isClosed || made?.type !== 'answer') return;
    send({ description: { type: 'answer', sdp: markAnswer(preferThriftySound(made.sdp), remoteSession) } });
  }

  /** Candidates of an offer that was ignored, or of a peer that is no more, are not for this one. */
  async function takeCandidate(candidate: Candidate): Promise<void> {
    const description = peer.remoteDescription;
    if (isIgnoring || !description) return;
    const { usernameFragment } = candidate;
    if (usernameFragment && !hasIceUser(description.sdp, usernameFragment)) return;
    await peer.addIceCandidate(candidate).catch(() => undefined);
  }

  /** The end of the queue is always a settled promise: a failure is told once, and ends nothing else. */
  function next(step: () => Promise<void>): void {
    work = work.then(async () => {
      if (isClosed) return;
      try {
        await step();
      } catch {
        if (!isClosed) failed();
      }
    });
  }

  return {
    get remoteSession() {
      return remoteSession;
    },
    offer() {
      // Not queued behind signals: a collision has to be seen while it happens.
      if (!isClosed) makeOffer().catch(() => isClosed || failed());
    },
    receive({ description, candidate }) {
      if (description) next(() => takeDescription(description));
      if (candidate) next(() => takeCandidate(candidate));
    },
    close() {
      isClosed = true;
    },
  };
}

/** An answer to an offer of a peer connection that is gone would put its keys on this one. */
function isStaleAnswer(peer: NegotiatingPeer, sdp: string): boolean {
  if (peer.signalingState === 'stable') return true;
  const answered = answeredSession(sdp);
  return answered !== null && answered !== sdpSession(peer.localDescription?.sdp ?? '');
}
