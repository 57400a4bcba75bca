/** Reads the browser's statistics (W3C WebRTC Statistics) of what arrives on one track. */
import type { InboundCount } from './media-session.ts';

/** What RTCStatsReport is; TypeScript's library has its dictionaries as any. */
type Report = Iterable<[string, Record<string, unknown>]>;

/** Null when nothing of the kind has arrived. The bandwidth probe's own stream is on no track and is not counted. */
export function inboundCount(report: Report, participantId: string, kind: 'audio' | 'video'): InboundCount | null {
  let found: InboundCount | null = null;
  let roundTripSeconds: number | null = null;
  for (const [, entry] of report) {
    if (entry['type'] === 'inbound-rtp' && entry['kind'] === kind && !found) {
      found = {
        participantId,
        kind,
        packets: count(entry['packetsReceived']),
        lost: count(entry['packetsLost']),
        frames: count(entry['framesDecoded']),
        jitterSeconds: count(entry['jitter']),
        roundTripSeconds: null,
      };
    }
    if (entry['type'] === 'candidate-pair' && entry['nominated'] === true && 'currentRoundTripTime' in entry) {
      roundTripSeconds = count(entry['currentRoundTripTime']);
    }
  }
  return found && { ...found, roundTripSeconds };
}

/** Reads the statistics of one receiver. Never rejects: a receiver that has just been closed says nothing. */
export async function readReceiver(
  receiver: Pick<RTCRtpReceiver, 'getStats'> | undefined,
  participantId: string,
  kind: 'audio' | 'video',
): Promise<InboundCount | null> {
  try {
    const report = await receiver?.getStats();
    return report ? inboundCount(report, participantId, kind) : null;
  } catch {
    return null;
  }
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
