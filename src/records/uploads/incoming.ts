/**
 * Files while they come: encrypted under a key that lives in this process alone, so that what a crash leaves behind is
 * noise, and is removed by the next start.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { randomSecret } from '../../platform/crypto.ts';
import type { FileSink } from '../../platform/http/multipart.ts';
import { decrypted, encrypted, keyBytes, storedRange } from './file-cipher.ts';

/** A folder of this process below `dataDir`. Folders of processes that are gone are removed. */
export async function openIncoming(dataDir: string): Promise<FileSink & { close(): Promise<void> }> {
  const parent = path.join(dataDir, 'incoming');
  await mkdir(parent, { recursive: true, mode: 0o700 });
  for (const name of await readdir(parent)) {
    if (!isAlive(Number(name.split('.')[0]))) await rm(path.join(parent, name), { recursive: true, force: true });
  }
  const folder = path.join(parent, `${process.pid}.${randomSecret(6).toString('hex')}`);
  await mkdir(folder, { mode: 0o700 });
  return {
    async keep(bytes) {
      const file = path.join(folder, randomSecret(16).toString('hex'));
      const key = randomSecret(keyBytes);
      const discard = () => rm(file, { force: true });
      try {
        const { size, sha256 } = await write(file, key, bytes);
        return { size, sha256, discard, read: () => readBack(file, key, size) };
      } catch (error) {
        await discard();
        throw error;
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function write(file: string, key: Uint8Array, bytes: Readable): Promise<{ size: number; sha256: string }> {
  let size = 0;
  const hash = createHash('sha256');
  const counted = async function* () {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      size += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  };
  await using handle = await open(file, 'wx', 0o600);
  for await (const chunk of encrypted(key, counted())) await handle.writeFile(chunk);
  return { size, sha256: hash.digest('hex') };
}

async function* readBack(file: string, key: Uint8Array, size: number): AsyncGenerator<Buffer> {
  if (size === 0) return;
  const all = { start: 0, end: size - 1 };
  yield* decrypted(key, size, all, createReadStream(file, storedRange(size, all)));
}

function isAlive(pid: number): boolean {
  // Of our own number and not ours: an earlier process, as in a container that starts again.
  if (pid === process.pid || !Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
