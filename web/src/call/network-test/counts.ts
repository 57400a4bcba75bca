/** What the browser counted (W3C WebRTC Statistics) at both ends of a test, and the figures between two looks at it. Pure. */
import { type Report, wayOf } from '../media/way.ts';
import type { Figures } from './verdict.ts';

export interface Counts {
  /** Milliseconds on any clock that only goes forward. */
  at: number;
  bytesUp: number;
  bytesDown: number;
  /** By kind, so that a lost packet of sound is not hidden by many of a picture. */
  sent: Record<Kind, number>;
  lostUp: Record<Kind, number>;
  received: Record<Kind, number>;
  lostDown: Record<Kind, number>;
  jitterSeconds: number | null;
  roundTripSeconds: number | null;
  /** For how long pictures stood still (`totalFreezesDuration`). */
  frozenSeconds: number;
  way: Figures['way'];
}

type Kind = 'audio' | 'video';
const kinds: readonly Kind[] = ['audio', 'video'];
/** Fewer packets than this say nothing of loss. */
const packetsToJudge = 50;

/** Of the connections that send, and of those that receive. */
export function countsOf(up: readonly Report[], down: readonly Report[], at: number): Counts {
  const counts: Counts = {
    at,
    bytesUp: 0,
    bytesDown: 0,
    sent: { audio: 0, video: 0 },
    lostUp: { audio: 0, video: 0 },
    received: { audio: 0, video: 0 },
    lostDown: { audio: 0, video: 0 },
    jitterSeconds: null,
    roundTripSeconds: null,
    frozenSeconds: 0,
    way: up.map(wayOf).find((way) => way !== null) ?? null,
  };
  for (const report of up) for (const [, entry] of report) readUp(counts, entry);
  for (const report of down) for (const [, entry] of report) readDown(counts, entry);
  return counts;
}

function readUp(counts: Counts, entry: Record<string, unknown>): void {
  const kind = kindOf(entry);
  if (entry['type'] === 'outbound-rtp' && kind) {
    counts.bytesUp += numberAt(entry, 'bytesSent');
    counts.sent[kind] += numberAt(entry, 'packetsSent');
  } else if (entry['type'] === 'remote-inbound-rtp' && kind) {
    counts.lostUp[kind] += numberAt(entry, 'packetsLost');
    if (kind === 'audio') counts.jitterSeconds = Math.max(counts.jitterSeconds ?? 0, numberAt(entry, 'jitter'));
  } else if (entry['type'] === 'candidate-pair' && entry['nominated'] === true && 'currentRoundTripTime' in entry) {
    counts.roundTripSeconds = numberAt(entry, 'currentRoundTripTime');
  }
}

function readDown(counts: Counts, entry: Record<string, unknown>): void {
  const kind = kindOf(entry);
  // The bandwidth probe's own stream is on no track.
  if (entry['type'] !== 'inbound-rtp' || !kind || !entry['trackIdentifier']) return;
  counts.bytesDown += numberAt(entry, 'bytesReceived');
  counts.received[kind] += numberAt(entry, 'packetsReceived');
  counts.lostDown[kind] += numberAt(entry, 'packetsLost');
  counts.frozenSeconds += numberAt(entry, 'totalFreezesDuration');
  if (kind === 'audio') counts.jitterSeconds = Math.max(counts.jitterSeconds ?? 0, numberAt(entry, 'jitter'));
}

/** `roundTrips` and `jitters` are those of the looks between, in seconds: the middle one counts, not the last. */
export function figuresBetween(
  before: Counts,
  now: Counts,
  looks: readonly Pick<Counts, 'roundTripSeconds' | 'jitterSeconds'>[],
): Figures {
  const seconds = (now.at - before.at) / 1_000;
  const kbps = (bytes: number) => (seconds > 0 ? Math.round((bytes * 8) / 1_000 / seconds) : null);
  return {
    roundTripMs: inMs(middle(looks.map((look) => look.roundTripSeconds))),
    jitterMs: inMs(middle(looks.map((look) => look.jitterSeconds))),
    lossUp: worst((kind) => share(now.lostUp[kind] - before.lostUp[kind], now.sent[kind] - before.sent[kind])),
    lossDown: worst((kind) => {
      const lost = now.lostDown[kind] - before.lostDown[kind];
      return share(lost, now.received[kind] - before.received[kind] + Math.max(0, lost));
    }),
    upKbps: kbps(now.bytesUp - before.bytesUp),
    downKbps: kbps(now.bytesDown - before.bytesDown),
    way: now.way,
  };
}

/** Null when too few packets went to say anything. */
function share(lost: number, of: number): number | null {
  return of < packetsToJudge ? null : Math.min(1, Math.max(0, lost) / of);
}

function worst(value: (kind: Kind) => number | null): number | null {
  const known = kinds.map(value).filter((one) => one !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function middle(values: readonly (number | null)[]): number | null {
  const known = values.filter((one) => one !== null).toSorted((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}

function inMs(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1_000);
}

function kindOf(entry: Record<string, unknown>): Kind | null {
  return entry['kind'] === 'audio' || entry['kind'] === 'video' ? entry['kind'] : null;
}

function numberAt(entry: Record<string, unknown>, name: string): number {
  const value = entry[name];
  return typeof value === 'number' ? value : 0;
}
