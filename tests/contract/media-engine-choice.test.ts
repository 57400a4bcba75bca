/** Which engine a node takes. The choices that need a machine without a worker are asked of a process that has none. */
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as official from 'mediasoup';
import { createMediaEngine, listChoices, type MediaOptions } from '../../signaling/media/choose.ts';
import type { MediaEngine } from '../../signaling/media/engine.ts';
import { type Mediasoup, startWorker } from '../../signaling/media/sfu/mediasoup.ts';
import { SfuEngine } from '../../signaling/media/sfu/sfu-engine.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { Ear } from '../support/media-room.ts';
import { freePort } from '../support/process.ts';

const root = path.resolve(import.meta.dirname, '../..');
const listeners = () => ['SIGTERM', 'SIGINT'].map((signal) => process.listenerCount(signal));
const options: MediaOptions = {
  engine: 'auto',
  production: false,
  listenAddress: '127.0.0.1',
  announcedAddress: undefined,
  port: 0,
  workers: 1,
  logger: createLogger('silent'),
};

describe('the choice of a media engine', () => {
  it('never takes the mediasoup of 2023 in production', async () => {
    const choices = await listChoices({ engine: 'auto', production: true });
    expect(choices.at(-1)?.kind).toBe('p2p');
    const flavours = choices.map((choice) => (choice.kind === 'sfu' ? choice.mediasoup.flavour : 'none'));
    expect(flavours).not.toContain('older');
  });

  it('takes the sfu outside production, and says which', async () => {
    const [first] = await listChoices({ engine: 'auto', production: false });
    expect(first).toMatchObject({ kind: 'sfu', why: expect.stringMatching(/^mediasoup \d+\.\d+/) });
  });

  it('takes peer to peer when that is asked for', async () => {
    expect(await listChoices({ engine: 'p2p', production: true })).toEqual([
      { kind: 'p2p', why: 'MEDIA_ENGINE says p2p' },
    ]);
  });

  it('gives no sfu its place silently: with nothing that runs, auto is peer to peer and sfu stops the start', async () => {
    // mediasoup takes its worker from this variable: a program that ends at once is a worker that does not run here.
    const { auto, sfu } = await inProcess({ MEDIASOUP_WORKER_BIN: '/bin/false' });
    expect(auto).toBe('p2p: no mediasoup worker runs here; it comes with `npm run setup:media`');
    expect(sfu).toBe(
      'ConfigError: MEDIA_ENGINE: sfu needs a mediasoup worker that runs here; get it with `npm run setup:media`',
    );
  });
});

describe('the ports of the sfu', () => {
  it('are the given one and those after it, one to a worker', async () => {
    const { engine, port } = await onFreePorts();
    const ports = [];
    for (const _ of [1, 2]) {
      const room = await engine.openRoom(newId(), new Ear());
      if (room.kind !== 'sfu') throw new Error('Asked for sfu and got something else.');
      const { iceCandidates } = await room.createTransport(newId(), 'send');
      ports.push(iceCandidates.map((candidate) => [candidate.protocol, candidate.port]));
    }
    await engine.close();
    expect(ports).toEqual([
      [
        ['udp', port],
        ['tcp', port],
      ],
      [
        ['udp', port + 1],
        ['tcp', port + 1],
      ],
    ]);
  });

  it('stop the start with one clear line when one of them is taken, even where peer to peer could be', async () => {
    const taker = createSocket('udp4').bind(0, '127.0.0.1');
    await once(taker, 'listening');
    const { port } = taker.address();
    await expect(createMediaEngine({ ...options, port })).rejects.toMatchObject({
      name: 'ConfigError',
      lines: [`MEDIA_PORT: port ${port} cannot be opened for media on 127.0.0.1`],
    });
    taker.close();
  });
});

describe('a process that is asked to stop', () => {
  it('decides itself when its media goes: mediasoup is given no listener on the signals', async () => {
    const before = listeners();
    const engine = await createMediaEngine({ ...options, engine: 'sfu' });
    expect(engine).toBeInstanceOf(SfuEngine);
    expect(listeners()).toEqual(before);
    await engine.close();
  });

  it('takes the official package’s own listeners away before anything else runs', async () => {
    const before = listeners();
    const given: number[][] = [];
    const createWorker: Mediasoup['createWorker'] = (settings) => {
      // No worker, so that this is shown where none can be had: it ends at once, which the caller is told.
      const starting = official.createWorker({ ...settings, workerBin: '/bin/false' });
      given.push(listeners());
      return starting;
    };
    const starting = startWorker({ flavour: 'official', version: official.version, createWorker });
    expect(given).toEqual([before.map((count) => count + 1)]);
    expect(listeners()).toEqual(before);
    await expect(starting).rejects.toThrow('code:1');
  });
});

/** Two workers on two free ports in a row; what looked free may be taken by the time that they listen. */
async function onFreePorts(attempts = 10): Promise<{ engine: MediaEngine; port: number }> {
  const port = await freePort();
  try {
    return { engine: await createMediaEngine({ ...options, engine: 'sfu', port, workers: 2 }), port };
  } catch (error) {
    if (attempts === 0) throw error;
    return onFreePorts(attempts - 1);
  }
}

/** What `auto` and `sfu` come to in a process with this environment. */
async function inProcess(env: Record<string, string>): Promise<{ auto: string; sfu: string }> {
  const script = `
    import { createMediaEngine } from './signaling/media/choose.ts';
    import { createLogger } from './src/platform/logger.ts';
    const options = { production: false, listenAddress: '127.0.0.1', port: 0, workers: 1, logger: createLogger('silent') };
    const ask = (engine) => createMediaEngine({ ...options, engine }).then((it) => it.kind + ': ' + it.why, String);
    console.log(JSON.stringify({ auto: await ask('auto'), sfu: await ask('sfu') }));`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  return JSON.parse(stdout) as { auto: string; sfu: string };
}
