/** What a router takes, best first. VP8 and Opus are in every browser (RFC 7742, RFC 7874); H264 is for those that encode it in hardware. */
import type { types } from './mediasoup.ts';

/** What a browser starts sending with, in kbit/s, before it has measured the way. */
const startBitrate = { 'x-google-start-bitrate': 800 };

function h264(profileLevelId: string, packetizationMode: 0 | 1): types.RouterRtpCodecCapability {
  return {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: {
      'packetization-mode': packetizationMode,
      'profile-level-id': profileLevelId,
      'level-asymmetry-allowed': 1,
      ...startBitrate,
    },
  };
}

export const mediaCodecs: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, parameters: startBitrate },
  // Constrained baseline is what everyone has; main is what some hardware prefers.
  h264('42e01f', 1),
  h264('42e01f', 0),
  h264('4d0032', 1),
];

/** What one participant may send at most, in bit/s: a camera at 720p and a shared screen, with room for repairs. */
export const maxIncomingBitrate = 3_500_000;
/** What the server assumes that a receiver can take until it has measured, in bit/s. */
export const initialOutgoingBitrate = 800_000;
