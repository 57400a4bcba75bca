/** Media engines for tests, on loopback and free ports, and an ear that keeps what a room says. */
import { createMediaEngine } from '../../signaling/media/choose.ts';
import type { MediaEngine, MediaRoomEvents } from '../../signaling/media/engine.ts';
import { SfuEngine } from '../../signaling/media/sfu/sfu-engine.ts';
import type { SfuMediaRoom } from '../../signaling/media/sfu/sfu-room.ts';
import type { MediaSource, Producer, QualityLevel, TransportOptions } from '../../signaling/protocol/index.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { recordedAudio, recordedCapabilities, recordedVideo } from './media-recorded.ts';
import { until } from './until.ts';

const common = { production: false, listenAddress: '127.0.0.1', announcedAddress: undefined, port: 0 };
const logger = createLogger('silent');

export function startEngine(kind: 'sfu' | 'p2p', workers = 2): Promise<MediaEngine> {
  return createMediaEngine({ ...common, engine: kind, workers, logger });
}

export async function startSfu(workers = 2): Promise<SfuEngine> {
  const engine = await startEngine('sfu', workers);
  if (!(engine instanceof SfuEngine)) throw new Error('Asked for sfu and got something else.');
  return engine;
}

export class Ear implements MediaRoomEvents {
  readonly heard: string[] = [];
  readonly producers: Producer[] = [];
  resets = 0;

  produced(producer: Producer): void {
    this.producers.push(producer);
    this.heard.push(`produced ${producer.producerId}`);
  }

  closed({ producerId }: { producerId: string }): void {
    this.heard.push(`closed ${producerId}`);
  }

  quality({ level }: { level: QualityLevel }): void {
    this.heard.push(`quality ${level}`);
  }

  reset(): void {
    this.resets += 1;
    this.heard.push('reset');
  }
}

/** A participant of an sfu room, with the calls that a browser would make. */
export class Caller {
  readonly id = newId();
  readonly #room: SfuMediaRoom;

  constructor(room: SfuMediaRoom) {
    this.#room = room;
  }

  transport(direction: 'send' | 'recv'): Promise<TransportOptions> {
    return this.#room.createTransport(this.id, direction);
  }

  /** Answers the id of the producer. */
  async send(transportId: string, source: MediaSource): Promise<string> {
    const kind = source === 'microphone' ? 'audio' : 'video';
    const rtpParameters = kind === 'audio' ? recordedAudio() : recordedVideo();
    const { producerId } = await this.#room.produce(this.id, { transportId, kind, source, rtpParameters });
    return producerId;
  }

  receive(transportId: string, producerId: string): ReturnType<SfuMediaRoom['consume']> {
    return this.#room.consume(this.id, { transportId, producerId, rtpCapabilities: recordedCapabilities });
  }

  /** The streams that this participant would be told of now. */
  get others(): Producer[] {
    const media = this.#room.describe(this.id);
    return media.kind === 'sfu' ? media.producers : [];
  }
}

/** An sfu room with two participants, one of whom sends sound and picture to the other. */
export async function openCall(engine: SfuEngine) {
  const ear = new Ear();
  const room = await engine.openRoom(newId(), ear);
  const [doctor, patient] = [new Caller(room), new Caller(room)];
  const { id: sendId } = await doctor.transport('send');
  const { id: recvId } = await patient.transport('recv');
  const microphone = await doctor.send(sendId, 'microphone');
  const camera = await doctor.send(sendId, 'camera');
  return { room, ear, doctor, patient, sendId, recvId, microphone, camera };
}

/** Kills the process of a worker, as the kernel would, and answers once it is gone. */
export async function killWorker(engine: SfuEngine, index: number): Promise<void> {
  const pid = engine.workers[index]?.pid;
  if (pid === undefined) throw new Error('That worker is not running.');
  process.kill(pid, 'SIGKILL');
  await until(`worker ${index} is noticed to be dead`, () => engine.workers[index]?.pid !== pid);
}
