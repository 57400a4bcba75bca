/**
 * The floor that keeps the same, on a PostgreSQL of its own: the facts and audit entries that it writes are not for the thing
 * beside it to tell and to seal.
 */
import type { BenchClinic } from '../clinic.ts';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import { ask } from '../process/messages.ts';
import { type BenchProcess, startProcess } from '../process/start.ts';
import { probed } from '../servers.ts';
import type { KeptFloor } from './kept.ts';
import { recordVisits } from './record.ts';

export interface OpenKept extends AsyncDisposable {
  database: BenchDatabase;
  server: BenchProcess;
  /** A meeting for each couple of a clinic in its database, with all that their calls will say; answers the ids. */
  schedule(clinic: BenchClinic): Promise<string[]>;
}

export async function openKept(): Promise<OpenKept> {
  const database = await openBenchDatabase();
  try {
    const server = await startProcess({
      file: 'bench/floor/kept.ts',
      flags: probed,
      env: { DATABASE_URL: database.appUrl },
    });
    return {
      database,
      server,
      async schedule(clinic) {
        const ids = await clinic.schedule();
        const plan = await recordVisits(database.appUrl, clinic, ids);
        await ask<KeptFloor, 'plan'>(server.child, 'plan', plan);
        await database.analyze();
        return ids;
      },
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        await database[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await database[Symbol.asyncDispose]();
    throw error;
  }
}
