/**
 * What a room needs of media, whoever carries it. Two twins: sfu/ (mediasoup) and p2p/ (relayed offers).
 * tests/contract/media-engine.test.ts holds both to the same promises.
 */
import type {
  ConsumerOptions,
  DtlsParameters,
  Echo,
  IceParameters,
  MediaKind,
  MediaSource,
  Producer,
  QualityLevel,
  RoomMedia,
  RtpCapabilities,
  RtpParameters,
  SendingState,
  TransportDirection,
  TransportOptions,
} from '../protocol/index.ts';

/** What the room hears from its media. Ids are participant ids. */
export interface MediaRoomEvents {
  produced(producer: Producer): void;
  closed(producer: { producerId: string; participantId: string }): void;
  quality(report: { participantId: string; level: QualityLevel }): void;
  /** The media under the room is new (its worker died and was replaced); every transport, producer and consumer is gone. */
  reset(): void;
}

export interface MediaEngine {
  readonly kind: 'sfu' | 'p2p';
  /** Why this engine was chosen, for the log and /readyz. */
  readonly why: string;
  /** The processes that carry it, where there are any; one that is being replaced has no pid. */
  readonly workers?: readonly { pid: number | undefined; rooms: number }[];
  /** What its rooms take, all of them; absent where no media goes through the server, and before its first room. */
  readonly routerRtpCapabilities?: RtpCapabilities | undefined;
  /** Opens the media of a room. Events may be heard from the moment it resolves. */
  openRoom(roomId: string, events: MediaRoomEvents): Promise<MediaRoom>;
  /**
   * Opens a test of one person's way here; absent where no media goes through the server. `onOver` is heard once, when it
   * is closed or its worker dies. Throws AppError UNAVAILABLE without a worker.
   */
  openTest?(onOver: () => void): Promise<MediaTest>;
  /** Closes every room and worker. Idempotent. */
  close(): Promise<void>;
}

/** Common to both twins. */
interface MediaRoomBase {
  readonly roomId: string;
  /** What a client needs to begin, as `meeting:join` and `media:reset` answer it. `forParticipant`'s own producers are left out. */
  describe(forParticipant: string): RoomMedia;
  /** Closes all that one participant has; others hear `closed`. Harmless when they have nothing. */
  closeParticipant(participantId: string): void;
  setSending(participantId: string, sending: SendingState): Promise<void>;
  /** Idempotent; no event is heard afterwards. */
  close(reason: string): void;
}

export interface P2pRoom extends MediaRoomBase {
  readonly kind: 'p2p';
}

/** Throws AppError NOT_FOUND for an id that is not the participant's own, INVALID_CALL for parameters that mediasoup refuses. */
export interface SfuRoom extends MediaRoomBase {
  readonly kind: 'sfu';
  createTransport(participantId: string, direction: TransportDirection): Promise<TransportOptions>;
  connectTransport(participantId: string, transportId: string, dtlsParameters: DtlsParameters): Promise<void>;
  /** New credentials of the same transport; everything on it lives on. */
  restartIce(participantId: string, transportId: string): Promise<IceParameters>;
  produce(
    participantId: string,
    input: { transportId: string; kind: MediaKind; source: MediaSource; rtpParameters: RtpParameters },
  ): Promise<{ producerId: string }>;
  consume(
    participantId: string,
    input: { transportId: string; producerId: string; rtpCapabilities: RtpCapabilities },
  ): Promise<ConsumerOptions>;
  resume(participantId: string, consumerId: string): Promise<void>;
  /** At most this layer of a picture that is sent in several (simulcast), the smallest being 0; of others it changes nothing. */
  preferLayer(participantId: string, consumerId: string, spatialLayer: number): Promise<void>;
  closeProducer(participantId: string, producerId: string): void | Promise<void>;
  /** Whether these are the transports that the participant has here, every one and no other; none is no. */
  holds(participantId: string, transportIds: readonly string[]): boolean;
  /**
   * The share of the participant's packets that did not get here lately, 0 to 1, of the stream that lost most; null when
   * nothing comes or nobody can say. The browser is told another figure: of sound it hears the worst that any receiver has,
   * so that its Opus repeats enough for them (RFC 6716, section 2.1.7).
   */
  lossUp(participantId: string): Promise<number | null>;
}

export type MediaRoom = SfuRoom | P2pRoom;

/** What one person sends comes back to them, over the ports of the calls. Throws as SfuRoom does. */
export interface MediaTest {
  readonly routerRtpCapabilities: RtpCapabilities;
  createTransport(direction: TransportDirection): Promise<TransportOptions>;
  connectTransport(transportId: string, dtlsParameters: DtlsParameters): Promise<void>;
  produce(input: {
    transportId: string;
    kind: MediaKind;
    rtpParameters: RtpParameters;
  }): Promise<{ producerId: string }>;
  consume(input: { transportId: string; producerId: string; rtpCapabilities: RtpCapabilities }): Promise<Echo>;
  resume(consumerId: string): Promise<void>;
  /** Idempotent. */
  close(): void;
}
