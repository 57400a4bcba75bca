/** The credentials of ice-servers.ts before a real coturn. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createIceServers } from '../../signaling/media/ice-servers.ts';
import { newId } from '../../src/platform/ids.ts';
import { TurnClient } from '../support/media-turn-client.ts';
import { freePort } from '../support/process.ts';
import { until } from '../support/until.ts';

const isInstalled = spawnSync('turnserver', ['--version']).error === undefined;
// CI installs what the suites need, so there it must run.
const mayRun = isInstalled || process.env['CI'] === 'true';
const suite = mayRun ? describe : describe.skip;
const why = mayRun ? '' : ' (skipped: coturn is not installed, apt-get install coturn)';

const turnSecret = 'what both servers know, and nobody else';
const fourHours = 4 * 60 * 60 * 1000;

suite(`TURN credentials${why}`, () => {
  let coturn: ChildProcess;
  let port: number;
  let folder: string;
  beforeAll(async () => {
    port = await freePort();
    folder = await mkdtemp(path.join(tmpdir(), 'housecall-turn-'));
    coturn = startCoturn(port, folder);
    await until('coturn answers', async () => {
      if (coturn.exitCode !== null) throw new Error(`coturn ended with ${coturn.exitCode} before it answered.`);
      using client = await TurnClient.create(port);
      return await client.allocate('nobody', 'nothing').catch(() => undefined);
    });
  });
  afterAll(async () => {
    const gone = once(coturn, 'exit');
    coturn.kill('SIGKILL');
    await gone;
    await rm(folder, { recursive: true, force: true });
  });

  /** Credentials as they were given out then. */
  function given(at: number, secret = turnSecret): { username: string; credential: string } {
    const clock = { now: () => new Date(at) };
    const [server] = createIceServers({ turnUrls: [`turn:127.0.0.1:${port}`], turnSecret: secret, clock })(newId());
    return { username: server?.username ?? '', credential: server?.credential ?? '' };
  }

  async function ask({ username, credential }: { username: string; credential: string }) {
    using client = await TurnClient.create(port);
    return await client.allocate(username, credential);
  }

  it('are accepted by coturn from the moment that they are given out until four hours later', async () => {
    expect(await ask(given(Date.now()))).toEqual({ granted: true });
    expect(await ask(given(Date.now() - fourHours + 60_000))).toEqual({ granted: true });
  });

  it('are refused when they are older', async () => {
    expect(await ask(given(Date.now() - fourHours - 2000))).toEqual({ granted: false, code: 401 });
  });

  it('are refused when another secret made them, or when somebody moved their expiry', async () => {
    expect(await ask(given(Date.now(), 'a secret that only this test knows'))).toEqual({ granted: false, code: 401 });
    const { username, credential } = given(Date.now() - 2 * fourHours);
    const later = username.replace(/^\d+/, String(Math.floor(Date.now() / 1000) + 3600));
    expect(await ask({ username: later, credential })).toEqual({ granted: false, code: 401 });
  });

  it('keep the relay that they got when they run out, so that a call goes on', async () => {
    const start = Date.now();
    const { username, credential } = given(start - fourHours + 2000);
    using client = await TurnClient.create(port);
    expect(await client.allocate(username, credential)).toEqual({ granted: true });
    await until('they are refused to a new caller', async () => !(await ask({ username, credential })).granted);
    expect(await client.refresh(username, credential)).toEqual({ granted: true });
  });
});

function startCoturn(port: number, folder: string): ChildProcess {
  const args = [
    '-n',
    '--listening-ip=127.0.0.1',
    '--relay-ip=127.0.0.1',
    `--listening-port=${port}`,
    '--use-auth-secret',
    `--static-auth-secret=${turnSecret}`,
    '--realm=housecall.test',
    '--no-cli',
    '--no-tls',
    '--no-dtls',
    '--no-multicast-peers',
    '--allow-loopback-peers',
    '--no-rfc5780',
    '--log-file=stdout',
    `--pidfile=${path.join(folder, 'turn.pid')}`,
    `--userdb=${path.join(folder, 'turndb')}`,
  ];
  return spawn('turnserver', args, { stdio: 'ignore', cwd: folder });
}
