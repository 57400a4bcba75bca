/** What a store of bytes promises, kept by the disk and by a server that speaks S3. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import S3rver from 's3rver';
import { BlobMissing, type BlobStore, openDiskStore, openS3Store } from '../../src/adapters/blob/index.ts';
import { randomSecret } from '../../src/platform/crypto.ts';
import { filesBelow } from '../support/uploading.ts';

interface Opened {
  store: BlobStore;
  /** Names of all that is kept. */
  names(): Promise<string[]>;
  close(): Promise<void>;
}

async function onDisk(): Promise<Opened> {
  const folder = await mkdtemp(path.join(tmpdir(), 'housecall-store-'));
  const store = await openDiskStore(folder);
  return { store, names: () => filesBelow(folder), close: () => rm(folder, { recursive: true, force: true }) };
}

async function onS3(): Promise<Opened> {
  const folder = await mkdtemp(path.join(tmpdir(), 'housecall-s3-'));
  const options = { port: 0, address: '127.0.0.1', silent: true, directory: folder };
  const server = new S3rver({ ...options, configureBuckets: [{ name: 'files', configs: [] }] });
  const { port } = await server.run();
  const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  const place = { bucket: 'files', region: 'us-east-1', endpoint: `http://127.0.0.1:${port}`, pathStyle: true };
  const store = openS3Store({ ...place, ...keys });
  return {
    store,
    names: async () => (await filesBelow(folder)).filter((name) => name.endsWith('._S3rver_object')),
    async close() {
      await store.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const read = async (stream: AsyncIterable<Buffer>) => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
};
async function* pieces(bytes: Buffer, size = 65_552) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

describe.each([
  ['on disk', onDisk],
  ['in a bucket', onS3],
])('a store %s', (_name, open) => {
  let opened: Opened;
  let store: BlobStore;
  beforeAll(async () => {
    opened = await open();
    ({ store } = opened);
  });
  afterAll(() => opened.close());

  test('gives back what it was given, whole and in part, also more than one part of an upload', async () => {
    for (const size of [1, 65_552, 6_000_000]) {
      const bytes = randomSecret(size);
      const key = `tenant/patient/${size}`;
      await store.put(key, pieces(bytes));
      expect((await read(await store.get(key))).equals(bytes)).toBe(true);
      const end = Math.min(size - 1, 70_000);
      const part = await read(await store.get(key, { start: Math.floor(end / 2), end }));
      expect(part.equals(bytes.subarray(Math.floor(end / 2), end + 1))).toBe(true);
    }
  });

  test('says what is missing, and removes what is there and what is not', async () => {
    await expect(store.get('tenant/nothing')).rejects.toBeInstanceOf(BlobMissing);
    await store.put('tenant/something', pieces(Buffer.from('bytes')));
    await store.remove('tenant/something');
    await store.remove('tenant/something');
    await expect(store.get('tenant/something')).rejects.toBeInstanceOf(BlobMissing);
  });

  test('keeps nothing of what breaks off', async () => {
    const before = await opened.names();
    const broken = async function* () {
      yield randomSecret(100_000);
      throw new Error('The source broke off.');
    };
    await expect(store.put('tenant/broken', broken())).rejects.toThrow('The source broke off.');
    await expect(store.get('tenant/broken')).rejects.toBeInstanceOf(BlobMissing);
    expect(await opened.names()).toEqual(before);
  });

  test('takes no name that is a path of somebody else’s', async () => {
    for (const key of ['../outside', '/etc/passwd', 'a/../b', 'a//b', 'A', '', 'a\\b', 'a/.hidden'])
      await expect(async () => store.put(key, pieces(Buffer.from('x')))).rejects.toThrow('no name of ours');
  });
});

test('what a process left unfinished on the disk is gone after the next start; what another one is writing stays', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'housecall-store-'));
  try {
    await openDiskStore(folder);
    const unfinished = path.join(folder, '.unfinished');
    // No process has this number: Linux counts to 4,194,304.
    await writeFile(path.join(unfinished, '99999999.aa'), 'left behind');
    await writeFile(path.join(unfinished, '1.bb'), 'somebody is at it');
    await openDiskStore(folder);
    expect(await filesBelow(unfinished)).toEqual(['1.bb']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a store that is down is an error', async () => {
  const keys = { accessKeyId: 'a', secretAccessKey: 'b', bucket: 'files', region: 'us-east-1', pathStyle: true };
  const store = openS3Store({ ...keys, endpoint: 'http://127.0.0.1:1' });
  await expect(store.get('tenant/anything')).rejects.toThrow('ECONNREFUSED');
  await store.close();
});
