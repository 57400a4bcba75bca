/** A real coturn on the loopback, over UDP, TCP and TLS with a certificate of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TurnClient } from './media-turn-client.ts';
import { freePort } from './process.ts';
import { until } from './until.ts';

const isInstalled = ['turnserver', 'openssl'].every((name) => spawnSync(name, ['--version']).error === undefined);
/** CI installs what the suites need, so there it must run. */
export const mayRunCoturn = isInstalled || process.env['CI'] === 'true';
export const coturnMissing = 'coturn is not installed (apt-get install coturn openssl)';

export interface Coturn extends AsyncDisposable {
  secret: string;
  /** `turns:` over TCP. */
  tlsUrl: string;
  udpUrl: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Relays come from `relayAddress`, which tells its packets from the browser's own. */
export async function startCoturn(relayAddress = '127.0.0.1'): Promise<Coturn> {
  const folder = await mkdtemp(path.join(tmpdir(), 'housecall-coturn-'));
  const [port, tlsPort] = [await freePort(), await freePort()];
  const secret = 'what both servers know, and nobody else';
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = spawnSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'].concat([
      ...subject,
      '-keyout',
      key,
      '-out',
      certificate,
    ]),
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`No certificate was made: ${made.stderr}`);
  const coturn = spawn('turnserver', argumentsOf({ port, tlsPort, relayAddress, secret, folder, key, certificate }), {
    stdio: 'ignore',
    cwd: folder,
  });
  await until('coturn answers', () => answers(coturn, port));
  return {
    secret,
    tlsUrl: `turns:127.0.0.1:${tlsPort}?transport=tcp`,
    udpUrl: `turn:127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const gone = coturn.exitCode === null ? once(coturn, 'exit') : undefined;
      coturn.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Settings {
  port: number;
  tlsPort: number;
  relayAddress: string;
  secret: string;
  folder: string;
  key: string;
  certificate: string;
}

function argumentsOf({ port, tlsPort, relayAddress, secret, folder, key, certificate }: Settings): string[] {
  return [
    '-n',
    '--listening-ip=127.0.0.1',
    `--relay-ip=${relayAddress}`,
    `--listening-port=${port}`,
    `--tls-listening-port=${tlsPort}`,
    `--cert=${certificate}`,
    `--pkey=${key}`,
    '--use-auth-secret',
    `--static-auth-secret=${secret}`,
    '--realm=housecall.test',
    '--no-cli',
    '--no-dtls',
    '--no-multicast-peers',
    '--allow-loopback-peers',
    '--no-rfc5780',
    '--log-file=stdout',
    `--pidfile=${path.join(folder, 'turn.pid')}`,
    `--userdb=${path.join(folder, 'turndb')}`,
  ];
}

async function answers(coturn: ChildProcess, port: number): Promise<unknown> {
  if (coturn.exitCode !== null) throw new Error(`coturn ended with ${coturn.exitCode} before it answered.`);
  using client = await TurnClient.create(port);
  return await client.allocate('nobody', 'nothing').catch(() => undefined);
}
