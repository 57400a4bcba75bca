import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { keptSecret } from '../../src/platform/secrets.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'housecall-secrets-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const fileOf = (name: string) => path.join(dataDir, 'secrets', name);

test('a secret is made once and found again, readable by its owner alone', async () => {
  const made = await keptSecret(dataDir, 'jwt-secret');
  expect(made).toMatch(/^[\w-]{43}$/);
  expect(await keptSecret(dataDir, 'jwt-secret')).toBe(made);
  expect(await keptSecret(dataDir, 'another')).not.toBe(made);
  expect((await stat(fileOf('jwt-secret'))).mode & 0o777).toBe(0o600);
  expect((await stat(path.dirname(fileOf('jwt-secret')))).mode & 0o777).toBe(0o700);
  expect((await readdir(path.join(dataDir, 'secrets'))).toSorted()).toEqual(['another', 'jwt-secret']);
});

test('processes that start together agree on one', async () => {
  const module = path.resolve(import.meta.dirname, '../../src/platform/secrets.ts');
  const program = `import { keptSecret } from ${JSON.stringify(module)}; process.stdout.write(await keptSecret(${JSON.stringify(dataDir)}, 'jwt-secret'));`;
  const run = () =>
    promisify(execFile)(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      program,
    ]);
  const answers = (await Promise.all([run(), run(), run(), run()])).map(({ stdout }) => stdout);
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^[\w-]{43}$/);
});

test('many in one process agree as well', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => keptSecret(dataDir, 'jwt-secret')));
  expect(new Set(answers).size).toBe(1);
});

test('a file that others may read is closed to them', async () => {
  await keptSecret(dataDir, 'jwt-secret');
  await chmod(fileOf('jwt-secret'), 0o644);
  await keptSecret(dataDir, 'jwt-secret');
  expect((await stat(fileOf('jwt-secret'))).mode & 0o777).toBe(0o600);
});

test('a damaged file stops the start with a line that names it, rather than signing everybody out unasked', async () => {
  await keptSecret(dataDir, 'jwt-secret');
  await writeFile(fileOf('jwt-secret'), '\n');
  await expect(keptSecret(dataDir, 'jwt-secret')).rejects.toThrow(`${fileOf('jwt-secret')} is damaged`);
});

test('a folder that cannot be written to stops the start with a line that names it', async () => {
  await writeFile(path.join(dataDir, 'secrets'), 'a file where the folder should be');
  await expect(keptSecret(dataDir, 'jwt-secret')).rejects.toThrow(
    `no secret can be kept in ${path.join(dataDir, 'secrets')}`,
  );
});
