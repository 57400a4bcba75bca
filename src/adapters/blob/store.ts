/** Where bytes are kept under a name. What is kept is encrypted already; a store never sees what it holds. */
import type { Readable } from 'node:stream';

export interface BlobStore {
  /** Keeps all that comes, or nothing when the source or the store fails; the name is new. Streams with back-pressure. */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** From `start` to `end`, both included; all unless given. Throws BlobMissing when there is no such name. */
  get(key: string, range?: { start: number; end: number }): Promise<Readable>;
  /** No complaint when it is not there. */
  remove(key: string): Promise<void>;
  /** Idempotent. */
  close(): Promise<void>;
}

export class BlobMissing extends Error {
  override name = 'BlobMissing';

  constructor(options?: ErrorOptions) {
    super('There is nothing of this name in the store.', options);
  }
}

/** Names are made by us and are no path of anybody: letters and digits, with folders between. Throws on any other. */
export function requireKey(key: string): string {
  if (/^[a-z0-9]+(?:[-/][a-z0-9]+)*$/.test(key)) return key;
  throw new Error('This is no name of ours.');
}
