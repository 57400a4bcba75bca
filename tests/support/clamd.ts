/** A clamd of a test's own with signatures of our own, where the machine has one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { infection } from './hostile-files.ts';
import { freePort } from './process.ts';
import { until } from './until.ts';

/** Undefined when there is one, else why a suite is skipped and what installs it. */
export const noClamd =
  spawnSync('clamd', ['--version']).error === undefined ? undefined : 'no clamd here; apt-get install clamav-daemon';

export interface TestClamd extends AsyncDisposable {
  port: number;
  /** Makes it find this text from now on, under this name, and call its signatures by another number. */
  learn(name: string, text: string): Promise<void>;
  forget(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

const usual = { 'Housecall.Test.Infection': infection };

/**
 * In front of it stands a door that names the signatures: clamd counts those of freshclam alone, which are not here.
 * All else is clamd's own.
 */
export async function startClamd(): Promise<TestClamd> {
  const folder = await mkdtemp(path.join(tmpdir(), 'housecall-clamd-'));
  const port = await freePort();
  let known: Record<string, string> = usual;
  let version = 27_000;
  let child: ChildProcess | undefined;
  await mkdir(path.join(folder, 'db'));
  const write = () =>
    writeFile(
      path.join(folder, 'db', 'own.ndb'),
      Object.entries(known).map(([name, text]) => `${name}:0:*:${Buffer.from(text).toString('hex')}\n`),
    );
  const config = [
    'Foreground yes',
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    `DatabaseDirectory ${folder}/db`,
    `TemporaryDirectory ${folder}`,
    'SelfCheck 0',
  ];
  await writeFile(path.join(folder, 'clamd.conf'), `${config.join('\n')}\n`);
  const stop = async () => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  };
  const start = async () => {
    await write();
    child = spawn('clamd', [`--config-file=${folder}/clamd.conf`], { cwd: folder, stdio: 'ignore' });
    await until('clamd answers', async () => (await ask(port, 'zPING\0').catch(() => '')) === 'PONG');
  };
  const change = async (next: Record<string, string>) => {
    known = next;
    version += 1;
    // A database is read by the start for certain; a reload says that it begins, and not that it is over.
    await stop();
    await start();
  };
  const door = await openDoor(port, () => `ClamAV 1.4.6/${version}/Sun Nov 22 06:00:00 2026\0`);
  await start();
  return {
    port: door.port,
    learn: (name, text) => change({ ...known, [name]: text }),
    forget: () => change(usual),
    stop,
    start,
    async [Symbol.asyncDispose]() {
      await stop();
      await door.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ask(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(command);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text.replace('\0', '');
}

async function openDoor(behind: number, version: () => string) {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined));
    socket.once('data', (first) => {
      if (String(first).startsWith('zVERSION')) {
        socket.end(version());
        return;
      }
      const inner = connect(behind, '127.0.0.1');
      // One that is down hangs up, as it would without a door.
      inner.on('error', () => socket.destroy());
      inner.write(first);
      socket.pipe(inner).pipe(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The door has no port.');
  return {
    port: address.port,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
