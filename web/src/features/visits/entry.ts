/** How a patient came in, as the history entry remembers it: a reload goes straight back, a shared link does not. */
import type { Entry } from '../check/device-check.tsx';

export function readEntry(intent: unknown): Entry | null {
  if (typeof intent !== 'object' || intent === null || !('camera' in intent)) return null;
  return typeof intent.camera === 'boolean' ? { camera: intent.camera } : null;
}
