/** What was confirmed, as 32 bytes: shows later that a text is the one that somebody answered for. */
import { createHash } from 'node:crypto';
import type { ChosenCode } from '../cdt/index.ts';
import type { DocumentKind, DocumentPayload } from './schema.ts';

export interface Confirmed {
  kind: DocumentKind;
  schemaVersion: string;
  payload: DocumentPayload;
  codes: readonly ChosenCode[];
}

/** SHA-256 over JSON with sorted keys, so that how the database keeps it does not matter. */
export function digestOf({ kind, schemaVersion, payload, codes }: Confirmed): Buffer<ArrayBuffer> {
  const parts = Object.entries(payload).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const lines = codes.map(({ code, description }) => [code, description]);
  return createHash('sha256')
    .update(JSON.stringify([kind, schemaVersion, parts, lines]))
    .digest();
}
