/** What a participant's client tells of its connection, and what follows from it. */
import { z } from 'zod';

const Share = z.number().min(0).max(1).nullable();
const Milliseconds = z.number().min(0).max(60_000).nullable();
const Kbps = z.number().min(0).max(100_000).nullable();

/** How packets go: straight over UDP or TCP, or through a relay (TURN). */
export const Way = z.enum(['udp', 'tcp', 'relay']);
export type Way = z.infer<typeof Way>;

/** Between the report before and this one; null is not known. W3C WebRTC Statistics has the terms. */
export const LinkReport = z.strictObject({
  roundTripMs: Milliseconds,
  jitterMs: Milliseconds,
  /** Shares of packets that did not arrive: `lossUp` as the other end says, `lossDown` as counted here. */
  lossUp: Share,
  lossDown: Share,
  upKbps: Kbps,
  downKbps: Kbps,
  /** For how long pictures that should have moved stood still. */
  frozenMs: z.number().min(0).max(60_000),
  way: Way.nullable(),
});
export type LinkReport = z.infer<typeof LinkReport>;

/** From 1, nobody can talk, to 5, nobody notices the line. */
export const LinkScore = z.int().min(1).max(5);
export type LinkScore = z.infer<typeof LinkScore>;
