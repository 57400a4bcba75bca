/** The thing and its floor, each as a process of its own on the same PostgreSQL. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../tests/support/process.ts';
import { benchJwt } from './clinic.ts';
import type { BenchDatabase } from './database.ts';
import { type BenchProcess, startProcess } from './process/start.ts';

/** For whatever is measured. */
export const probed = ['--import', './bench/process/probe.ts', '--expose-gc'];

/** Where the thing's time goes, as a .cpuprofile in this folder: for whoever looks into a ratio. */
function profiling(): string[] {
  const folder = process.env['BENCH_PROFILE'];
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

/** src/main.ts as an operator starts it, without limits on the number of calls. */
export async function startThing(database: BenchDatabase, env: Record<string, string> = {}): Promise<BenchProcess> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'housecall-bench-data-'));
  const thing = await startProcess({
    file: 'src/main.ts',
    flags: [...probed, ...profiling()],
    env: {
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      MEDIA_PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      JWT_SECRET: benchJwt.secret,
      DEMO: 'off',
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'info',
      ...env,
    },
  });
  return {
    ...thing,
    [Symbol.asyncDispose]: async () => {
      await thing[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The meetings' routes with their entries in the audit trail, or without. */
export function startAudited(database: BenchDatabase, audit: 'on' | 'off'): Promise<BenchProcess> {
  const env = { DATABASE_URL: database.appUrl, BENCH_AUDIT: audit };
  return startProcess({ file: 'bench/audit/server.ts', flags: [...probed, ...profiling()], env });
}

export function startFloor(database: BenchDatabase): Promise<BenchProcess> {
  return startProcess({ file: 'bench/floor/server.ts', flags: probed, env: { DATABASE_URL: database.appUrl } });
}

export function startMemoryFloor(): Promise<BenchProcess> {
  return startProcess({ file: 'bench/memory/floor.ts', flags: probed });
}

/** A minimal mediasoup server: rooms, and nothing else. */
export function startMediaFloor(): Promise<BenchProcess> {
  return startProcess({ file: 'bench/frame/floor.ts', flags: probed });
}

export function startRestFloor(database: BenchDatabase): Promise<BenchProcess> {
  return startProcess({ file: 'bench/rest/floor.ts', flags: probed, env: { DATABASE_URL: database.appUrl } });
}

export function startBookingFloor(database: BenchDatabase): Promise<BenchProcess> {
  return startProcess({ file: 'bench/booking/floor.ts', flags: probed, env: { DATABASE_URL: database.appUrl } });
}

export function startSlotsFloor(database: BenchDatabase): Promise<BenchProcess> {
  return startProcess({ file: 'bench/slots/floor.ts', flags: probed, env: { DATABASE_URL: database.appUrl } });
}

export function startUploadFloor(database: BenchDatabase, env: Record<string, string>): Promise<BenchProcess> {
  const all = { ...env, DATABASE_URL: database.appUrl };
  return startProcess({ file: 'bench/uploads/floor.ts', flags: probed, env: all });
}

export function startHttpClients(): Promise<BenchProcess> {
  return startProcess({ file: 'bench/http/clients.ts' });
}

export function startCrowd(): Promise<BenchProcess> {
  return startProcess({ file: 'bench/consultations/crowd.ts' });
}

export function startClients(): Promise<BenchProcess> {
  return startProcess({ file: 'bench/load/clients.ts' });
}
