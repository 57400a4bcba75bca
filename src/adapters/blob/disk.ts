/** The store on a disk: a file each, written aside and linked to its name once it is whole and on the disk. */

import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomSecret } from '../../platform/crypto.ts';
import { BlobMissing, type BlobStore, requireKey } from './store.ts';

const aside = '.unfinished';

/** Below `folder`, which is made. What an earlier process left unfinished there is removed. */
export async function openDiskStore(folder: string): Promise<BlobStore> {
  const unfinished = path.join(folder, aside);
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  for (const name of await readdir(unfinished)) {
    if (!isAlive(Number(name.split('.')[0]))) await rm(path.join(unfinished, name), { force: true });
  }
  const fileOf = (key: string) => path.join(folder, requireKey(key));
  return {
    async put(key, bytes) {
      const file = fileOf(key);
      const draft = path.join(unfinished, `${process.pid}.${randomSecret(8).toString('hex')}`);
      try {
        await write(draft, bytes);
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        await link(draft, file);
      } finally {
        await rm(draft, { force: true });
      }
    },
    async get(key, range) {
      const stream = createReadStream(fileOf(key), range ?? {});
      try {
        await once(stream, 'open');
      } catch (cause) {
        if (codeOf(cause) === 'ENOENT') throw new BlobMissing({ cause });
        throw cause;
      }
      return stream;
    },
    remove: (key) => rm(fileOf(key), { force: true }),
    close: async () => undefined,
  };
}

async function write(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  await using handle = await open(file, 'wx', 0o600);
  for await (const chunk of bytes) await handle.writeFile(chunk);
  await handle.sync();
}

/** Another process may share the folder, and is in the middle of writing. */
function isAlive(pid: number): boolean {
  if (pid === process.pid || !Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
