/** RTCPeerConnection as far as negotiation goes (W3C WebRTC, section 4.4): signalling states, rollback, sessions. No media. */
import type { NegotiatingPeer } from '../../web/src/call/media/negotiation.ts';

let sessions = 1000;

interface Sdp {
  type: 'offer' | 'answer';
  sdp: string;
}

export class FakePeer implements NegotiatingPeer {
  readonly session = String(++sessions);
  signalingState: 'stable' | 'have-local-offer' | 'have-remote-offer' = 'stable';
  #version = 0;
  #current: { local: Sdp; remote: Sdp } | null = null;
  #pending: { side: 'local' | 'remote'; sdp: Sdp } | null = null;
  readonly candidates: string[] = [];
  /** Operations run one after another, as the standard wants it, and each takes its time. */
  #chain: Promise<void> = Promise.resolve();

  get localDescription(): Sdp | null {
    return this.#pending?.side === 'local' ? this.#pending.sdp : (this.#current?.local ?? null);
  }

  get remoteDescription(): Sdp | null {
    return this.#pending?.side === 'remote' ? this.#pending.sdp : (this.#current?.remote ?? null);
  }

  /** True when both hold the same offer and the same answer: anything else carries no media. */
  hasAgreedWith(other: FakePeer): boolean {
    const [mine, theirs] = [this.#current, other.#current];
    if (!mine || !theirs || this.signalingState !== 'stable' || other.signalingState !== 'stable') return false;
    return origin(mine.local) === origin(theirs.remote) && origin(mine.remote) === origin(theirs.local);
  }

  setLocalDescription(): Promise<void> {
    return this.#run(() => this.#setLocal());
  }

  setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    return this.#run(() => this.#setRemote(description));
  }

  addIceCandidate({ candidate }: { candidate: string }): Promise<void> {
    return this.#run(() => void this.candidates.push(candidate));
  }

  #run(operation: () => void): Promise<void> {
    const done = this.#chain.then(async () => {
      for (let tick = 0; tick < 5; tick += 1) await Promise.resolve();
      operation();
    });
    this.#chain = done.catch(() => undefined);
    return done;
  }

  #setLocal(): void {
    if (this.signalingState === 'have-remote-offer' && this.#pending) {
      this.#current = { local: this.#describe('answer'), remote: this.#pending.sdp };
      this.#pending = null;
      this.signalingState = 'stable';
      return;
    }
    this.#pending = { side: 'local', sdp: this.#describe('offer') };
    this.signalingState = 'have-local-offer';
  }

  #setRemote({ type, sdp }: { type: string; sdp: string }): void {
    const before = this.#current && origin(this.#current.remote).split(' ')[0];
    const session = origin({ sdp }).split(' ')[0];
    if (before && session !== before)
      throw new Error('The description is of another connection: its keys are not known.');
    if (type === 'offer') {
      // An offer takes back one's own, if there is one.
      this.#pending = { side: 'remote', sdp: { type: 'offer', sdp } };
      this.signalingState = 'have-remote-offer';
      return;
    }
    if (this.signalingState !== 'have-local-offer' || !this.#pending) throw new Error('An answer without an offer.');
    this.#current = { local: this.#pending.sdp, remote: { type: 'answer', sdp } };
    this.#pending = null;
    this.signalingState = 'stable';
  }

  #describe(type: Sdp['type']): Sdp {
    this.#version += 1;
    const lines = [
      'v=0',
      `o=- ${this.session} ${this.#version} IN IP4 127.0.0.1`,
      's=-',
      't=0 0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111',
      `a=ice-ufrag:u${this.session}`,
      'a=rtpmap:111 opus/48000/2',
      'a=fmtp:111 minptime=10;useinbandfec=1',
    ];
    return { type, sdp: `${lines.join('\r\n')}\r\n` };
  }
}

/** Session and version of a description. */
function origin({ sdp }: { sdp: string }): string {
  return /^o=- (\S+ \S+) /m.exec(sdp)?.[1] ?? '';
}
