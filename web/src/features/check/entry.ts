/** How somebody came into a visit, as the history entry remembers it: a reload goes straight back, a shared link does not. */
import type { Entry } from './device-check.tsx';

export function readEntry(intent: unknown): Entry | null {
  if (typeof intent !== 'object' || intent === null || !('camera' in intent)) return null;
  return typeof intent.camera === 'boolean' ? { camera: intent.camera } : null;
}
