/** What the last test of this page found, for whoever tells the doctor; old ones say nothing of the network of now. */
import type { NetworkVerdict } from './verdict.ts';

const goodForMs = 30 * 60_000;
let last: { verdict: NetworkVerdict; at: number } | null = null;

export function noteVerdict(verdict: NetworkVerdict): void {
  last = { verdict, at: Date.now() };
}

/** Null when nothing was found in the last half hour. */
export function lastVerdict(): NetworkVerdict | null {
  return last !== null && Date.now() - last.at < goodForMs ? last.verdict : null;
}
