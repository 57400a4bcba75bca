/** Which media engine this node runs, and why. */
import os from 'node:os';
import { ConfigError } from '../../src/platform/config.ts';
import type { Logger } from '../../src/platform/logger.ts';
import type { MediaEngine } from './engine.ts';
import { P2pEngine } from './p2p/p2p-engine.ts';
import { PortTakenError } from './sfu/media-worker.ts';
import { type ListenAt, loadOfficial, loadOlder, type Mediasoup } from './sfu/mediasoup.ts';
import { SfuEngine } from './sfu/sfu-engine.ts';

export interface MediaOptions extends ListenAt {
  engine: 'auto' | 'sfu' | 'p2p';
  production: boolean;
  /** How many mediasoup workers; by default one to a core, at most two. */
  workers?: number | undefined;
  /** Five seconds unless said otherwise. */
  qualityEveryMs?: number;
  logger: Logger;
}

export type Choice = { kind: 'sfu'; mediasoup: Mediasoup; why: string } | { kind: 'p2p'; why: string };

const setUp = 'npm run setup:media';

/** What can carry media here, best first; never empty unless `sfu` is asked for and impossible. Starts nothing. */
export async function listChoices(options: Pick<MediaOptions, 'engine' | 'production'>): Promise<Choice[]> {
  if (options.engine === 'p2p') return [{ kind: 'p2p', why: 'MEDIA_ENGINE says p2p' }];
  const choices: Choice[] = [];
  const official = await loadOfficial();
  if (official) {
    choices.push({ kind: 'sfu', mediasoup: official, why: `mediasoup ${official.version} with its own worker` });
  }
  const older = options.production ? undefined : await loadOlder();
  if (older) {
    const why = `mediasoup ${older.version} of 2023, not for production; the current worker comes with \`${setUp}\``;
    choices.push({ kind: 'sfu', mediasoup: older, why });
  }
  if (options.engine === 'auto') {
    choices.push({ kind: 'p2p', why: `no mediasoup worker runs here; it comes with \`${setUp}\`` });
  }
  return choices;
}

/**
 * Starts the best engine that runs here: `auto` goes on to the next when a worker does not start.
 * Throws ConfigError, with one clear line, when `sfu` is asked for and impossible or when the port is taken.
 */
export async function createMediaEngine(options: MediaOptions): Promise<MediaEngine> {
  for (const choice of await listChoices(options)) {
    const engine = await start(choice, options);
    if (!engine) continue;
    options.logger.info({ engine: engine.kind, why: engine.why }, 'media engine');
    return engine;
  }
  throw new ConfigError([`MEDIA_ENGINE: sfu needs a mediasoup worker that runs here; get it with \`${setUp}\``]);
}

/** Undefined when its worker does not run here. */
async function start(choice: Choice, options: MediaOptions): Promise<MediaEngine | undefined> {
  if (choice.kind === 'p2p') return new P2pEngine(choice.why);
  const { mediasoup, why } = choice;
  const { logger, port } = options;
  const workers = options.workers ?? Math.min(2, os.availableParallelism());
  try {
    return await SfuEngine.create({
      mediasoup,
      why,
      workers,
      logger,
      listen: { port, ...addresses(options) },
      qualityEveryMs: options.qualityEveryMs ?? 5000,
    });
  } catch (error) {
    if (error instanceof PortTakenError) {
      throw new ConfigError([`MEDIA_PORT: port ${error.port} cannot be opened for media on ${options.listenAddress}`]);
    }
    logger.error({ err: error, mediasoup: mediasoup.version }, 'mediasoup worker does not start here');
    return undefined;
  }
}

/** A browser cannot send to "every address": where none is announced, this machine's own one is. */
function addresses({
  listenAddress,
  announcedAddress,
  logger,
}: MediaOptions): Pick<ListenAt, 'listenAddress' | 'announcedAddress'> {
  const isEverywhere = listenAddress === '0.0.0.0' || listenAddress === '::';
  if (announcedAddress !== undefined || !isEverywhere) return { listenAddress, announcedAddress };
  const sought = listenAddress === '::' ? 'IPv6' : 'IPv4';
  const own = Object.values(os.networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family, address }) => !internal && family === sought && !address.startsWith('fe80:'));
  const announced = own?.address ?? (listenAddress === '::' ? '::1' : '127.0.0.1');
  logger.warn(
    { announced },
    'MEDIA_ANNOUNCED_ADDRESS is not set: browsers are sent to this address, which only reaches those in this network',
  );
  return { listenAddress, announcedAddress: announced };
}
