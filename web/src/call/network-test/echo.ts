/** The two ends of a test, as measuring needs them. */
import type { Report } from '../media/way.ts';

export interface Echo {
  /** Of the end that sends. */
  up(): Promise<Report>;
  /** Of the end that gets it back. */
  down(): Promise<Report>;
  /** Idempotent. */
  close(): void;
}

/** As much as a call sends at most, and some more to see that there is room. */
export const testBitrate = 1_000_000;
