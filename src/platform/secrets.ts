/** Secrets that nobody configured: made once, kept in the data directory, found again by the next start. */
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { randomSecret } from './crypto.ts';

/**
 * The secret `name` as text of 256 random bits. Processes that start at the same time agree on one. The file can be read
 * by its owner alone. Throws a line that names the folder when it cannot be kept there.
 */
export async function keptSecret(dataDir: string, name: string): Promise<string> {
  const folder = path.join(dataDir, 'secrets');
  const file = path.join(folder, name);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return (await readSecret(file)) ?? (await makeSecret(file));
  } catch (error) {
    if (error instanceof SecretError) throw error;
    throw new SecretError(`DATA_DIR: no secret can be kept in ${folder} (${reason(error)})`, { cause: error });
  }
}

/** Its message is one line, fit to stop the start with. */
export class SecretError extends Error {
  override name = 'SecretError';
}

async function readSecret(file: string): Promise<string | undefined> {
  try {
    const secret = (await readFile(file, 'utf8')).trim();
    if (secret.length < 32)
      throw new SecretError(`DATA_DIR: ${file} is damaged; remove it, and everybody has to sign in again`);
    // Somebody may have copied the folder with loose rights.
    if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
    return secret;
  } catch (error) {
    if (reason(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes aside and links, so that the file is never seen half written and the first of several processes wins. */
async function makeSecret(file: string): Promise<string> {
  const aside = `${file}.${randomSecret(8).toString('hex')}`;
  try {
    await using handle = await open(aside, 'wx', 0o600);
    await handle.writeFile(`${randomSecret().toString('base64url')}\n`);
    await handle.sync();
    await link(aside, file).catch((error: unknown) => {
      if (reason(error) !== 'EEXIST') throw error;
    });
  } finally {
    await rm(aside, { force: true });
  }
  const secret = await readSecret(file);
  if (secret === undefined) throw new SecretError(`DATA_DIR: ${file} is gone right after it was written`);
  return secret;
}

function reason(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown error';
}
