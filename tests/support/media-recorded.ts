/** What Chromium 156 with mediasoup-client 3.24 really sent to a router, with an SSRC and a MID of its own at each call. */
import { randomInt } from 'node:crypto';
import type { DtlsParameters, RtpCapabilities, RtpParameters } from '../../signaling/protocol/index.ts';

const videoFeedback = [
  { type: 'goog-remb', parameter: '' },
  { type: 'transport-cc', parameter: '' },
  { type: 'ccm', parameter: 'fir' },
  { type: 'nack', parameter: '' },
  { type: 'nack', parameter: 'pli' },
];

let mids = 0;
const mid = (): string => String(mids++);
const ssrc = (): number => randomInt(1, 2 ** 31);
const extension = (uri: string, id: number) => ({ uri, id, encrypt: false, parameters: {} });
const rtcp = { cname: 'BFFGwSvHQ7BP1Q7i', reducedSize: true };

export function recordedAudio(): RtpParameters {
  return {
    mid: mid(),
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { minptime: 10, useinbandfec: 1 },
        rtcpFeedback: [{ type: 'transport-cc', parameter: '' }],
      },
    ],
    headerExtensions: [
      extension('urn:ietf:params:rtp-hdrext:sdes:mid', 4),
      extension('http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', 2),
      extension('http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01', 3),
      extension('urn:ietf:params:rtp-hdrext:ssrc-audio-level', 1),
    ],
    encodings: [{ ssrc: ssrc(), dtx: false }],
    rtcp,
    msid: '4c641206-34b8-4fbb-ac6a-a7a05d2bd4b1 8e43e9dd-270d-46f9-bf52-76f82a7f5733',
  };
}

export function recordedVideo(): RtpParameters {
  return {
    mid: mid(),
    codecs: [
      { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {}, rtcpFeedback: videoFeedback },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 }, rtcpFeedback: [] },
    ],
    headerExtensions: [
      extension('urn:ietf:params:rtp-hdrext:sdes:mid', 4),
      extension('urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', 10),
      extension('urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id', 11),
      extension('http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time', 2),
      extension('http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01', 3),
      extension('urn:3gpp:video-orientation', 13),
      extension('urn:ietf:params:rtp-hdrext:toffset', 14),
    ],
    encodings: [{ ssrc: ssrc(), rtx: { ssrc: ssrc() }, dtx: false }],
    rtcp,
    msid: '4c641206-34b8-4fbb-ac6a-a7a05d2bd4b1 8c13b2bf-2fa9-4fa8-b107-353040b0aa59',
  };
}

/** What it can receive, as it answered a router of mediasoup 3.11. */
export const recordedCapabilities: RtpCapabilities = {
  codecs: [
    {
      kind: 'audio',
      mimeType: 'audio/opus',
      preferredPayloadType: 100,
      clockRate: 48_000,
      channels: 2,
      parameters: { minptime: 10, useinbandfec: 1 },
      rtcpFeedback: [{ type: 'transport-cc', parameter: '' }],
    },
    {
      kind: 'video',
      mimeType: 'video/VP8',
      preferredPayloadType: 101,
      clockRate: 90_000,
      parameters: {},
      rtcpFeedback: videoFeedback,
    },
    {
      kind: 'video',
      mimeType: 'video/rtx',
      preferredPayloadType: 102,
      clockRate: 90_000,
      parameters: { apt: 101 },
      rtcpFeedback: [],
    },
  ],
  headerExtensions: [
    { kind: 'video', uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', preferredId: 1, preferredEncrypt: false },
    {
      kind: 'audio',
      uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
      preferredId: 10,
      preferredEncrypt: false,
      direction: 'sendrecv',
    },
  ],
};

export const recordedDtls: DtlsParameters = {
  role: 'client',
  fingerprints: [
    {
      algorithm: 'sha-256',
      value: '6D:E7:C7:F8:CE:C3:D0:55:09:3C:0F:17:60:96:02:17:DC:84:A9:E7:CB:61:9A:56:AF:22:0B:4E:92:30:99:C5',
    },
  ],
};
