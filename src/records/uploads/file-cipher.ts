/**
 * How a file is kept: AES-256-GCM (NIST SP 800-38D) under a key of the file's own, in chunks, so that a part can be read
 * without the rest and no file is ever whole in memory. A chunk's nonce is its number and whether it is the last (the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár), so chunks cannot be swapped, dropped or added unnoticed.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

export const keyBytes = 32;
const chunkBytes = 65_536;
const tagBytes = 16;
const sealedBytes = chunkBytes + tagBytes;

/** Everything was there and nothing else, or this is thrown: before any of the changed chunk is given out. */
export class ChangedFile extends Error {
  override name = 'ChangedFile';
}

export async function* encrypted(
  key: Uint8Array,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { chunk, last } of inChunks(bytes, chunkBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last));
    yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
    number += 1;
  }
}

/** Which bytes of the store hold these bytes of the file, both ends included; `size` is the file's. */
export function storedRange(
  size: number,
  { start, end }: { start: number; end: number },
): { start: number; end: number } {
  const first = Math.floor(start / chunkBytes);
  const last = Math.floor(end / chunkBytes);
  return { start: first * sealedBytes, end: Math.min((last + 1) * sealedBytes, storedSize(size)) - 1 };
}

export function storedSize(size: number): number {
  return size + tagBytes * Math.max(1, Math.ceil(size / chunkBytes));
}

/** The bytes from `start` to `end`, both included, of what the store gave for `storedRange`. Throws ChangedFile. */
export async function* decrypted(
  key: Uint8Array,
  size: number,
  { start, end }: { start: number; end: number },
  stored: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const lastChunk = Math.max(0, Math.ceil(size / chunkBytes) - 1);
  let number = Math.floor(start / chunkBytes);
  const until = Math.floor(end / chunkBytes);
  for await (const { chunk } of inChunks(stored, sealedBytes)) {
    const plain = open(key, nonceOf(number, number === lastChunk), chunk);
    const from = Math.max(0, start - number * chunkBytes);
    yield plain.subarray(from, Math.min(plain.length, end + 1 - number * chunkBytes));
    number += 1;
  }
  if (number !== until + 1) throw new ChangedFile('A part of the file is missing.');
}

function open(key: Uint8Array, nonce: Buffer, chunk: Buffer): Buffer {
  if (chunk.length < tagBytes) throw new ChangedFile('A part of the file is missing.');
  const body = chunk.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(chunk.subarray(body));
  try {
    return Buffer.concat([decipher.update(chunk.subarray(0, body)), decipher.final()]);
  } catch (cause) {
    throw new ChangedFile('The file was changed in the store, or has another key.', { cause });
  }
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}

/** All of one size but the last, which may be shorter; one that is empty where nothing comes. */
async function* inChunks(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ chunk: Buffer; last: boolean }> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    held.push(piece);
    length += piece.length;
    // One more than a chunk: only then is it certain that it is not the last.
    if (length <= size) continue;
    const all = Buffer.concat(held);
    let from = 0;
    for (; all.length - from > size; from += size) yield { chunk: all.subarray(from, from + size), last: false };
    held = [all.subarray(from)];
    length = all.length - from;
  }
  yield { chunk: Buffer.concat(held), last: true };
}
