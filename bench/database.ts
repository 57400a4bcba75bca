/** The bench's own PostgreSQL: the embedded one, with the settings of production (`fsync` on), in a folder of its own. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { startEmbedded } from '../src/platform/db/embedded/index.ts';
import { migrate } from '../src/platform/db/migrations.ts';
import { createLogger } from '../src/platform/logger.ts';
import { costliestStatements, statementSettings } from './consultations/statements.ts';

export interface BenchDatabase extends AsyncDisposable {
  /** As the serving role. */
  appUrl: string;
  ownerUrl: string;
  /** Resolves when every fact in the outbox has been told. */
  settled(): Promise<void>;
  /** Tells the planner what the tables hold, as autovacuum does within a minute of their filling. */
  analyze(): Promise<void>;
  /** It dies at once, as with its process killed, and is started again on the same port. */
  crash(): Promise<void>;
}

/** `settings` of PostgreSQL, above production's. */
export async function openBenchDatabase(settings: Readonly<Record<string, string>> = {}): Promise<BenchDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'housecall-bench-'));
  const logger = createLogger('silent');
  const { appUrl, ownerUrl, stop } = await startEmbedded({
    dataDir: folder,
    logger,
    settings: { ...statementSettings, ...settings },
  });
  const owner = new Pool({ connectionString: ownerUrl, max: 1 });
  // Its connection may still be closing when PostgreSQL stops, and hears of that.
  owner.on('error', () => undefined);
  const close = async () => {
    if (Object.keys(statementSettings).length > 0) console.error((await costliestStatements(ownerUrl, 40)).join('\n'));
    await owner.end();
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await migrate(ownerUrl, logger);
    await owner.query('create table bench_floor (id uuid primary key, calls int not null, note jsonb not null)');
    await owner.query('grant select, insert, update on bench_floor to housecall_app');
  } catch (error) {
    await close();
    throw error;
  }
  return {
    appUrl,
    ownerUrl,
    settled: () => untilTold(owner),
    analyze: async () => void (await owner.query('analyze')),
    crash: async () => {
      const [pid] = (await readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGQUIT');
    },
    [Symbol.asyncDispose]: close,
  };
}

async function untilTold(owner: Pool): Promise<void> {
  const end = Date.now() + 20_000;
  for (;;) {
    const { rowCount } = await owner.query('select 1 from outbox limit 1');
    if (rowCount === 0) return;
    if (Date.now() > end) throw new Error('The outbox was not empty after 20 s.');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
