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

  get localDescription(): Sdp | null {
    return this.#pending?.side === 'local' ? this.#pending.sdp : (this.#current?.local ?? null);
  }

  get remoteDescription(): Sdp | null {
    return this.#pending?.side === 'remote' ? this.#pending.sdp : (this.#current?.remote ?? null);
  }

  /** The session that this peer has agreed with. */
  get agreedWith(): string | null {
    return /^o=- (\S+)/m.exec(this.#current?.remote.sdp ?? '')?.[1] ?? null;
  }

  async setLocalDescription(): Promise<void> {
    await Promise.resolve();
    if (this.signalingState === 'have-remote-offer' && this.#pending) {
      this.#current = { local: this.#describe('answer'), remote: this.#pending.sdp };
      this.#pending = null;
      this.signalingState = 'stable';
      return;
    }
    this.#pending = { side: 'local', sdp: this.#describe('offer') };
    this.signalingState = 'have-local-offer';
  }

  async setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
    await Promise.resolve();
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

  async addIceCandidate({ candidate }: { candidate: string }): Promise<void> {
    await Promise.resolve();
    this.candidates.push(candidate);
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
