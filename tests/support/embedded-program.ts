/** The embedded database alone, in a process that tests can kill. Says what happens in lines of JSON; SIGTERM stops it. */
import { startEmbedded } from '../../src/platform/db/embedded/index.ts';
import { createLogger } from '../../src/platform/logger.ts';

const say = (what: object): boolean => process.stdout.write(`${JSON.stringify(what)}\n`);

try {
  const dataDir = process.argv[2] ?? '';
  const { stop, ...database } = await startEmbedded({ dataDir, logger: createLogger('debug') });
  process.once('SIGTERM', () => {
    void stop().then(() => say({ event: 'stopped' }));
  });
  // Nothing else keeps the process; the database must.
  say({ event: 'ready', ...database });
} catch (error) {
  say({ event: 'refused', name: (error as Error).name, message: (error as Error).message });
}
