/** The sending side through the server: one producer for the microphone, one for the camera, each with a track or silent. */
import type { Device, types } from 'mediasoup-client';
import type { Ask } from '../connection/link.ts';
import type { LocalTracks } from '../local/local-media.ts';
import { cameraEncodings } from './layers.ts';
import { shapeSender, videoStartKbps } from './outgoing.ts';
import { ownParameters } from './sfu-terms.ts';
import type { Report } from './way.ts';

type Kind = 'audio' | 'video';

/** The picture takes longer to arrive, and neither waits for the server's answer about the other. */
const inOrder: readonly Kind[] = ['video', 'audio'];

export class SfuSender {
  readonly #failed: () => void;
  readonly #producers: Partial<Record<Kind, types.Producer>> = {};
  #tracks: LocalTracks = { audio: null, video: null };
  #transport: types.Transport | null = null;
  #device: Device | null = null;
  #isBusy = false;
  #isClosed = false;

  /** `failed` is heard when the sending side cannot go on over its transport. */
  constructor(failed: () => void) {
    this.#failed = failed;
  }

  /** Sends what there is from now on, over this transport. */
  begin(transport: types.Transport, device: Device, ask: Ask): void {
    this.#transport = transport;
    this.#device = device;
    transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const isScreen = appData['source'] === 'screen';
      const picture = isScreen ? 'screen' : 'camera';
      const source = kind === 'audio' ? 'microphone' : picture;
      const asked = ask('media:produce', {
        transportId: transport.id,
        kind,
        source,
        rtpParameters: ownParameters(rtpParameters),
      });
      if (isScreen) asked.then(({ producerId }) => done({ id: producerId }), failed);
      else {
        // Not waited for: one would wait for the answer about the other. Nothing is ever asked about these two by their ids.
        done({ id: crypto.randomUUID() });
        asked.catch(() => {
          if (!this.#isClosed) this.#failed();
        });
      }
    });
    void this.#reconcile();
  }

  send(tracks: LocalTracks): void {
    this.#tracks = tracks;
    void this.#reconcile();
  }

  async statistics(): Promise<Report | null> {
    return (await this.#transport?.getStats()) ?? null;
  }

  close(): void {
    this.#isClosed = true;
    this.#transport?.close();
  }

  /** One at a time, until what is sent is what there is; never rejects. */
  async #reconcile(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let kind = this.#differing(); kind; kind = this.#differing()) await this.#adjust(kind);
    } catch {
      if (!this.#isClosed) this.#failed();
    } finally {
      this.#isBusy = false;
    }
  }

  #differing(): Kind | undefined {
    if (this.#isClosed || !this.#transport) return undefined;
    return inOrder.find((kind) => {
      const producer = this.#producers[kind];
      if (producer) return producer.track !== this.#track(kind) || this.#isOtherSound(producer);
      return this.#track(kind) !== null && this.#device?.canProduce(kind);
    });
  }

  /** A track that has ended sends nothing and is refused; it is replaced in a moment. */
  #track(kind: Kind): MediaStreamTrack | null {
    const track = this.#tracks[kind];
    return track?.readyState === 'live' ? track : null;
  }

  async #adjust(kind: Kind): Promise<void> {
    const producer = this.#producers[kind];
    const track = this.#track(kind);
    if (producer && track && this.#isOtherSound(producer)) {
      producer.close();
      delete this.#producers[kind];
    } else if (producer) await producer.replaceTrack({ track });
    else if (track && this.#transport) await this.#produce(kind, this.#transport, track);
  }

  /** Whether pauses are left out is agreed when a producer is made: a whole sound needs one that leaves nothing out. */
  #isOtherSound(producer: types.Producer): boolean {
    const track = producer.kind === 'audio' ? this.#track('audio') : null;
    return track !== null && producer.appData['isWhole'] !== isWhole(track);
  }

  async #produce(kind: Kind, transport: types.Transport, track: MediaStreamTrack): Promise<void> {
    const producer = await transport.produce({
      track,
      // The tracks are the call's: they live through a rebuild.
      stopTracks: false,
      disableTrackOnPause: false,
      ...(kind === 'audio'
        ? {
            codecOptions: { opusStereo: false, opusDtx: !isWhole(track), opusFec: true },
            appData: { isWhole: isWhole(track) },
          }
        : {
            codecOptions: { videoGoogleStartBitrate: videoStartKbps },
            encodings: cameraEncodings.map((one) => ({ ...one })),
          }),
    });
    this.#producers[kind] = producer;
    if (producer.rtpSender) void shapeSender(producer.rtpSender, kind);
  }
}

/** A sound that is sent as it is: user-media.ts says so by the track's hint (W3C MST Content Hints). */
function isWhole(track: MediaStreamTrack): boolean {
  return track.contentHint === 'music';
}
