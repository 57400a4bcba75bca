/** Files as they are kept: what was changed, swapped or cut off is never given out. */
import { expect, test } from '@jest/globals';
import { randomSecret } from '../../src/platform/crypto.ts';
import { ChangedFile, decrypted, encrypted, storedRange, storedSize } from '../../src/records/uploads/file-cipher.ts';

const chunk = 65_536;
const key = randomSecret(32);

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

const seal = (bytes: Uint8Array) => whole(encrypted(key, [bytes]));
const open = (stored: Uint8Array, size: number, range = { start: 0, end: size - 1 }, by: Uint8Array = key) =>
  whole(decrypted(by, size, range, one(stored)));
async function* one(bytes: Uint8Array) {
  yield bytes;
}

test('whatever its size, it comes back as it was, in whatever pieces it came', async () => {
  for (const size of [1, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 17]) {
    const bytes = randomSecret(size);
    const stored = await seal(bytes);
    expect(stored.length).toBe(storedSize(size));
    expect((await open(stored, size)).equals(bytes)).toBe(true);
    const pieces = Array.from({ length: Math.ceil(size / 1_000) }, (_, n) =>
      bytes.subarray(n * 1_000, (n + 1) * 1_000),
    );
    expect((await open(await whole(encrypted(key, pieces)), size)).equals(bytes)).toBe(true);
  }
});

test('any range is read from the chunks that hold it and no others', async () => {
  const size = 3 * chunk + 17;
  const bytes = randomSecret(size);
  const stored = await seal(bytes);
  for (const [start, end] of [
    [0, 0],
    [chunk - 1, chunk],
    [chunk, 2 * chunk - 1],
    [size - 1, size - 1],
    [5, size - 2],
  ] as const) {
    const held = storedRange(size, { start, end });
    const part = stored.subarray(held.start, held.end + 1);
    expect((await open(part, size, { start, end })).equals(bytes.subarray(start, end + 1))).toBe(true);
    expect(part.length).toBeLessThanOrEqual((Math.floor(end / chunk) - Math.floor(start / chunk) + 1) * (chunk + 16));
  }
});

test('a changed byte, another key, chunks in another order, one that is missing and an end that is none are refused', async () => {
  const size = 2 * chunk + 10;
  const stored = await seal(randomSecret(size));
  const changed = Buffer.from(stored);
  changed[100] = (changed[100] ?? 0) ^ 1;
  const sealed = chunk + 16;
  const [first, second, third] = [
    stored.subarray(0, sealed),
    stored.subarray(sealed, 2 * sealed),
    stored.subarray(2 * sealed),
  ];
  await expect(open(changed, size)).rejects.toBeInstanceOf(ChangedFile);
  await expect(open(stored, size, undefined, randomSecret(32))).rejects.toBeInstanceOf(ChangedFile);
  await expect(open(Buffer.concat([second, first, third]), size)).rejects.toBeInstanceOf(ChangedFile);
  await expect(open(Buffer.concat([first, third]), size)).rejects.toBeInstanceOf(ChangedFile);
  await expect(open(Buffer.concat([first, second]), size)).rejects.toBeInstanceOf(ChangedFile);
  // As though the file were shorter: the second chunk was not the last.
  await expect(open(Buffer.concat([first, second]), 2 * chunk)).rejects.toBeInstanceOf(ChangedFile);
  await expect(open(stored.subarray(0, -1), size)).rejects.toBeInstanceOf(ChangedFile);
});
