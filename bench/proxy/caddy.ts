/** A Caddyfile of deploy/ as it is, with loopback ports in place of an installation's names, and a certificate of Caddy's own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { freePort } from '../../tests/support/process.ts';
import { until } from '../../tests/support/until.ts';

export const caddyProgram = process.env['CADDY'] ?? 'caddy';
const folderOfCaddyfiles = path.resolve(import.meta.dirname, '../../deploy/caddy');

export interface Caddy extends AsyncDisposable {
  url: string;
  /** Where it sends people to `url` from. */
  plainUrl: string;
}

/** `nodes` by the names that the Caddyfile has for them. From here on this process believes Caddy's certificate. */
export async function startCaddy(file: string, nodes: Readonly<Record<string, string>>): Promise<Caddy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'housecall-caddy-'));
  const [plain, secure] = [await freePort(), await freePort()];
  const config = path.join(folder, 'Caddyfile');
  await writeFile(config, `${optionsOf(plain, secure)}\n${await ownPlaces(file, nodes)}`);
  const child = spawn(caddyProgram, ['run', '--adapter', 'caddyfile', '--config', config], {
    // What it keeps goes nowhere else, and no trust store is touched (skip_install_trust).
    env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, DOMAIN: 'localhost' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      printed += `${error.message}; Caddy 2.7 or newer is needed, CADDY names it`;
      resolve();
    });
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  const root = path.join(folder, 'caddy/pki/authorities/local/root.crt');
  const url = `https://localhost:${secure}`;
  try {
    await Promise.race([
      until('Caddy has a certificate', () => existsSync(root)),
      gone.then(() => Promise.reject(new Error(`Caddy ended:\n${printed}`))),
    ]);
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), await readFile(root, 'utf8')]);
    await until('Caddy answers', () =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, plainUrl: `http://localhost:${plain}`, [Symbol.asyncDispose]: stop };
}

const optionsOf = (plain: number, secure: number): string => `{
	admin off
	persist_config off
	skip_install_trust
	default_bind 127.0.0.1
	http_port ${plain}
	https_port ${secure}
}`;

/** Throws when a node has no place: the Caddyfile names what nobody has given. */
async function ownPlaces(file: string, nodes: Readonly<Record<string, string>>): Promise<string> {
  const text = await readFile(path.join(folderOfCaddyfiles, file), 'utf8');
  return text.replaceAll(/\b([\w-]+):3000\b/g, (_all, name: string) => {
    const node = nodes[name];
    if (node === undefined) throw new Error(`${file} names ${name}, of which nothing is known.`);
    return new URL(node).host;
  });
}
