/**
 * The payloads of the media calls: mediasoup-client's own words (W3C ORTC, RFC 8445, RFC 8122).
 * What is bounded here is the shape and the size; mediasoup checks the meaning. Fields that neither knows are left out:
 * nothing of any depth gets through to a media worker.
 */
import { z } from 'zod';
import { Id, ParticipantId } from './ids.ts';

const token = z.string().max(256);
const parameters = z.record(z.string().max(64), z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]));
const rtcpFeedback = z.object({ type: token, parameter: token.optional() });
const payloadType = z.int().min(0).max(127);
const ssrc = z.int().min(0).max(0xffffffff);

export const MediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof MediaKind>;
/** Where a stream comes from. One of each per participant. */
export const MediaSource = z.enum(['microphone', 'camera', 'screen']);
export type MediaSource = z.infer<typeof MediaSource>;

export const Producer = z.object({
  producerId: Id,
  participantId: ParticipantId,
  kind: MediaKind,
  source: MediaSource,
  paused: z.boolean(),
});
export type Producer = z.infer<typeof Producer>;

export const RtpCapabilities = z.object({
  codecs: z
    .array(
      z.object({
        kind: MediaKind,
        mimeType: token,
        preferredPayloadType: payloadType.optional(),
        clockRate: z.int().positive(),
        channels: z.int().min(1).max(8).optional(),
        parameters: parameters.optional(),
        rtcpFeedback: z.array(rtcpFeedback).max(16).optional(),
      }),
    )
    .max(64)
    .optional(),
  headerExtensions: z
    .array(
      z.object({
        kind: MediaKind,
        uri: token,
        preferredId: z.int().min(1).max(255),
        preferredEncrypt: z.boolean().optional(),
        direction: token.optional(),
      }),
    )
    .max(64)
    .optional(),
});
export type RtpCapabilities = z.infer<typeof RtpCapabilities>;

export const RtpParameters = z.object({
  mid: z.string().max(32).optional(),
  msid: z.string().max(256).optional(),
  codecs: z
    .array(
      z.object({
        mimeType: token,
        payloadType,
        clockRate: z.int().positive(),
        channels: z.int().min(1).max(8).optional(),
        parameters: parameters.optional(),
        rtcpFeedback: z.array(rtcpFeedback).max(16).optional(),
      }),
    )
    .min(1)
    .max(16),
  headerExtensions: z
    .array(
      z.object({
        uri: token,
        id: z.int().min(1).max(255),
        encrypt: z.boolean().optional(),
        parameters: parameters.optional(),
      }),
    )
    .max(32)
    .optional(),
  encodings: z
    .array(
      z.object({
        ssrc: ssrc.optional(),
        rid: z.string().max(32).optional(),
        codecPayloadType: payloadType.optional(),
        rtx: z.object({ ssrc }).optional(),
        dtx: z.boolean().optional(),
        scalabilityMode: z.string().max(16).optional(),
        scaleResolutionDownBy: z.number().min(1).max(64).optional(),
        maxBitrate: z.int().positive().optional(),
      }),
    )
    .max(4)
    .optional(),
  rtcp: z.object({ cname: z.string().max(256).optional(), reducedSize: z.boolean().optional() }).optional(),
});
export type RtpParameters = z.infer<typeof RtpParameters>;

export const DtlsParameters = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().max(256),
      }),
    )
    .min(1)
    .max(8),
});
export type DtlsParameters = z.infer<typeof DtlsParameters>;

export const IceParameters = z.looseObject({
  usernameFragment: token,
  password: token,
  iceLite: z.boolean().optional(),
});
export type IceParameters = z.infer<typeof IceParameters>;
export const IceCandidate = z.looseObject({
  foundation: token,
  priority: z.number(),
  address: token.optional(),
  ip: token,
  protocol: z.enum(['udp', 'tcp']),
  port: z.int().min(1).max(65535),
  type: z.string(),
  tcpType: z.string().optional(),
});

export const TransportDirection = z.enum(['send', 'recv']);
export type TransportDirection = z.infer<typeof TransportDirection>;

export const TransportOptions = z.object({
  id: Id,
  direction: TransportDirection,
  iceParameters: IceParameters,
  iceCandidates: z.array(IceCandidate),
  dtlsParameters: DtlsParameters,
});
export type TransportOptions = z.infer<typeof TransportOptions>;

export const ConsumerOptions = z.object({
  id: Id,
  producerId: Id,
  participantId: ParticipantId,
  kind: MediaKind,
  source: MediaSource,
  rtpParameters: RtpParameters,
});
export type ConsumerOptions = z.infer<typeof ConsumerOptions>;

/** RTCIceServer of the W3C WebRTC recommendation. */
export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.infer<typeof IceServer>;

export const RoomMedia = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sfu'), routerRtpCapabilities: RtpCapabilities, producers: z.array(Producer) }),
  z.object({ kind: z.literal('p2p') }),
]);
export type RoomMedia = z.infer<typeof RoomMedia>;

/** What may be had ready before there is a seat: what this node's rooms take, or the relays. */
export const Preparation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sfu'), routerRtpCapabilities: RtpCapabilities.optional() }),
  z.object({ kind: z.literal('p2p'), iceServers: z.array(IceServer) }),
]);

/** RTCSessionDescriptionInit; an SDP of one call with audio and video has 3 to 10 kB. */
export const SessionDescription = z.object({
  type: z.enum(['offer', 'answer', 'pranswer', 'rollback']),
  sdp: z.string().max(60_000).optional(),
});
/** RTCIceCandidateInit; null says that gathering is over. */
export const Candidate = z
  .object({
    candidate: z.string().max(1024),
    sdpMid: z.string().max(32).nullish(),
    sdpMLineIndex: z.int().min(0).max(255).nullish(),
    usernameFragment: z.string().max(256).nullish(),
  })
  .nullable();

/** How well a participant's stream arrives at the server (or, peer to peer, at the other one). */
export const QualityLevel = z.enum(['good', 'weak', 'very_weak']);
export type QualityLevel = z.infer<typeof QualityLevel>;
