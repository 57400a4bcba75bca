/**
 * The one importer of mediasoup, and the one file that knows that there are two of them: the official package, whose
 * worker is fetched by `npm run setup:media`, and `@mafalda-sfu/mediasoup` 3.11 of 2023, whose worker comes inside its
 * tarball. The older one lacks three years of memory-safety fixes: development and tests only, refused in production.
 */
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import type * as Official from 'mediasoup';
import type { types } from 'mediasoup';
import type { TransportDirection, TransportOptions } from '../../protocol/index.ts';

export type { types } from 'mediasoup';

const require = createRequire(import.meta.url);

export interface Mediasoup {
  flavour: 'official' | 'older';
  version: string;
  createWorker: (settings: types.WorkerSettings) => Promise<types.Worker>;
}

/** The official package, or undefined when its worker is not installed or may not be executed. */
export async function loadOfficial(): Promise<Mediasoup | undefined> {
  const official = await import('mediasoup').catch(() => undefined);
  if (!official || !isExecutable(official.workerBin)) return undefined;
  return { flavour: 'official', version: official.version, createWorker: official.createWorker };
}

/**
 * The package of 2023, or undefined where it is not installed (`npm ci --omit=dev` leaves it out), or where
 * MEDIASOUP_WORKER_BIN names a worker: both packages read it, and neither understands the other's.
 */
export async function loadOlder(): Promise<Mediasoup | undefined> {
  const official = await import('mediasoup').catch(() => undefined);
  if (official && !official.workerBin.startsWith(path.resolve(require.resolve('mediasoup'), '../../..')))
    return undefined;
  // By a variable, so that the compiler does not mix its types of 2023 with the official ones.
  const name: string = '@mafalda-sfu/mediasoup';
  try {
    const loaded = (await import(name)) as Pick<typeof Official, 'createWorker'> & {
      default?: Pick<typeof Official, 'createWorker'>;
    };
    const { createWorker } = loaded.default ?? loaded;
    const { version } = require(`${name}/package.json`) as { version: string };
    return { flavour: 'older', version, createWorker };
  } catch {
    return undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const stopSignals = ['SIGTERM', 'SIGINT'] as const;

/**
 * Starts a worker process. The official package closes its workers by itself when the process is asked to stop, which
 * would take the media away in the middle of a graceful stop: those listeners are removed again, closing is ours.
 * (A worker whose parent is gone ends by itself, so nothing is left behind.)
 */
export async function startWorker(mediasoup: Mediasoup): Promise<types.Worker> {
  const before = new Set(stopSignals.flatMap((signal) => process.listeners(signal)));
  const starting = mediasoup.createWorker({ logLevel: 'error' });
  for (const signal of stopSignals) {
    for (const listener of process.listeners(signal)) {
      if (!before.has(listener)) process.removeListener(signal, listener);
    }
  }
  return await starting;
}

/** Resolves when the worker's process is gone, or after two seconds. The older package cannot tell, and does not wait. */
export async function stopWorker(worker: types.Worker): Promise<void> {
  worker.close();
  // In 3.11 there is no such property.
  if (worker.subprocessClosed !== (false as boolean | undefined)) return;
  const patience = AbortSignal.timeout(2000);
  await new Promise<void>((resolve) => {
    worker.on('subprocessclose', resolve);
    patience.addEventListener('abort', () => resolve());
  });
}

export interface ListenAt {
  listenAddress: string;
  announcedAddress: string | undefined;
  /** 0 takes any free port. */
  port: number;
}

/** UDP and TCP on the same port. 3.11 ignores announcedAddress without a word and reads announcedIp. */
export function listenInfos({ listenAddress, announcedAddress, port }: ListenAt): types.TransportListenInfo[] {
  const announced = announcedAddress === undefined ? {} : { announcedAddress, announcedIp: announcedAddress };
  return (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip: listenAddress, port, ...announced }));
}

/** The candidates in one shape: 3.11 has only `ip`. */
export function candidatesOf(transport: types.WebRtcTransport) {
  return transport.iceCandidates.map((candidate) => ({ ...candidate, address: candidate.address ?? candidate.ip }));
}

/** What a browser needs to build its end of a transport. */
export function describeTransport(direction: TransportDirection, transport: types.WebRtcTransport): TransportOptions {
  const { id, iceParameters, dtlsParameters } = transport;
  return { id, direction, iceParameters, iceCandidates: candidatesOf(transport), dtlsParameters };
}

/** Jitter of a received stream in milliseconds: 3.11 reports that, 3.27 reports units of the RTP clock. */
export function jitterMs(mediasoup: Mediasoup, jitter: number, clockRate: number): number {
  return mediasoup.flavour === 'older' ? jitter : (jitter * 1000) / clockRate;
}

/** What went wrong, by name and never by message: `closed` the worker is gone, `missing` an id, `refused` the parameters. */
export function faultOf(error: unknown): 'closed' | 'missing' | 'refused' {
  const name = error instanceof Error ? error.name : '';
  if (name === 'WorkerClosedError' || name === 'InvalidStateError') return 'closed';
  if (name === 'NotFoundError') return 'missing';
  return 'refused';
}
