/** A word that stands in every text that is sent, and so must stand in no refusal and in no log. */
import * as fc from 'fast-check';

export const canary = 'zqx7kv';

/** Whether somebody repeats what was sent. */
export function repeats(text: string): boolean {
  return text.toLowerCase().includes(canary);
}

/** Any text with the canary in it, at most `maxLength` long, which leaves nothing but the canary when it is short. */
export function canaryText(maxLength = 80): fc.Arbitrary<string> {
  const room = Math.max(0, Math.min(maxLength, 80) - canary.length);
  const rest = fc.string({ unit: 'grapheme', maxLength: Math.floor(room / 8) });
  return rest.map((text) => `${canary}${text}`.slice(0, maxLength));
}
