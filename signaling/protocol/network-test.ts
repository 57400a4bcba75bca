/** The test of the way to the server before a visit: what a browser sends, it gets back over the same ports as in a call. */
import { z } from 'zod';
import { Id } from './ids.ts';
import { ConsumerOptions, IceServer, RtpCapabilities, TransportOptions } from './media.ts';

/** How long the server keeps a test; what is not over then is closed. */
export const networkTestSeconds = 20;

export const NetworkTest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sfu'),
    routerRtpCapabilities: RtpCapabilities,
    send: TransportOptions,
    recv: TransportOptions,
    iceServers: z.array(IceServer),
    endsInSeconds: z.int().positive(),
  }),
  /** This server carries no media itself: what can be tried is the relay and the socket. */
  z.object({ kind: z.literal('p2p'), iceServers: z.array(IceServer), endsInSeconds: z.int().positive() }),
]);
export type NetworkTest = z.infer<typeof NetworkTest>;

/** What comes back of a track; nobody else ever hears or sees it. */
export const Echo = ConsumerOptions.omit({ participantId: true, source: true });
export type Echo = z.infer<typeof Echo>;

export const EchoRef = z.strictObject({ transportId: Id, producerId: Id, rtpCapabilities: RtpCapabilities });
