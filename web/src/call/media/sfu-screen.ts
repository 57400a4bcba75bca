/** The shared screen through the server: a producer of its own beside the camera's, there only while something is shared. */
import type { Device, types } from 'mediasoup-client';
import type { Ask } from '../connection/link.ts';

/** bit/s: letters at 1080p and ten pictures a second stay readable with so much. */
const screenMaxBitrate = 1_500_000;
const screenStartKbps = 600;

export class SfuScreen {
  #ground: { transport: types.Transport; device: Device; ask: Ask } | null = null;
  #wanted: MediaStreamTrack | null = null;
  #producer: types.Producer | null = null;
  /** What the server would not take: asked again only with another one. */
  #refused: MediaStreamTrack | null = null;
  #isBusy = false;
  #isClosed = false;

  begin(transport: types.Transport, device: Device, ask: Ask): void {
    this.#ground = { transport, device, ask };
    void this.#reconcile();
  }

  /** Null shares nothing. */
  send(track: MediaStreamTrack | null): void {
    this.#wanted = track;
    void this.#reconcile();
  }

  /** The transport that it was sent over is closed by whoever opened it. */
  close(): void {
    this.#isClosed = true;
  }

  get #track(): MediaStreamTrack | null {
    const track = this.#wanted;
    return track?.readyState === 'live' && track !== this.#refused ? track : null;
  }

  /** One at a time, until what is shown is what is wanted. Never rejects: without a screen a call goes on. */
  async #reconcile(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (!this.#isClosed && this.#ground && (this.#producer?.track ?? null) !== this.#track) {
      const track = this.#track;
      try {
        if (this.#producer) await this.#end(this.#producer);
        else if (track) await this.#produce(track);
      } catch {
        this.#refused = track;
      }
    }
    this.#isBusy = false;
  }

  async #end(producer: types.Producer): Promise<void> {
    this.#producer = null;
    producer.close();
    await this.#ground?.ask('media:close-producer', { producerId: producer.id });
  }

  async #produce(track: MediaStreamTrack): Promise<void> {
    if (!this.#ground?.device.canProduce('video')) throw new Error('This browser sends no picture.');
    this.#producer = await this.#ground.transport.produce({
      track,
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source: 'screen' },
      codecOptions: { videoGoogleStartBitrate: screenStartKbps },
      encodings: [{ maxBitrate: screenMaxBitrate }],
    });
  }
}
