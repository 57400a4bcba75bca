/** What a stretch of work takes of the machine: of Node, the media workers, PostgreSQL and Redis. */
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import type { BenchDatabase } from '../database.ts';
import { cpuOfChildren, cpuOfTree, parentOf } from '../process/cpu.ts';
import { ask } from '../process/messages.ts';
import type { Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';

/** Milliseconds of processor time. */
export interface Cost {
  node: number;
  media: number;
  postgres: number;
  redis: number;
}

export const parts = ['node', 'media', 'postgres', 'redis'] as const satisfies readonly (keyof Cost)[];
export const total = (cost: Cost): number => parts.reduce((sum, part) => sum + cost[part], 0);

export interface Meter extends AsyncDisposable {
  read(): Promise<Cost>;
  /** Connections to PostgreSQL that are open now, the meter's own aside. */
  connections(): Promise<number>;
  /** Messages that the nodes have said to each other over Redis. */
  published(): Promise<number>;
  /** Bytes of all tables and indexes, once the dead rows are gone, and of what was written ahead since PostgreSQL was made. */
  disk(): Promise<{ tables: number; log: number }>;
}

/** Of the processes with the role of a server; `redisUrl` of theirs, where they have one. */
export async function openMeter(
  database: BenchDatabase,
  servers: readonly BenchProcess[],
  redisUrl?: string,
): Promise<Meter> {
  const pool = new Pool({ connectionString: database.ownerUrl, max: 1, application_name: 'meter' });
  pool.on('error', () => undefined);
  const redis = redisUrl === undefined ? undefined : new Redis(redisUrl);
  const one = async (sql: string): Promise<number> => Number(Object.values((await pool.query(sql)).rows[0] ?? {})[0]);
  const postmaster = await parentOf(await one('select pg_backend_pid()'));
  return {
    read: async () => ({
      node: sum(await Promise.all(servers.map(({ child }) => ask<Probe, 'cpu'>(child, 'cpu')))),
      media: sum(await Promise.all(servers.map(({ child }) => cpuOfChildren(child.pid ?? 0)))),
      postgres: await cpuOfTree(postmaster),
      redis: redis ? usedBy(await redis.info('cpu')) : 0,
    }),
    connections: () =>
      one(
        `select count(*) from pg_stat_activity where backend_type = 'client backend' and application_name like 'housecall%'`,
      ),
    published: async () => (redis ? publishedIn(await redis.info('commandstats')) : 0),
    disk: async () => {
      await pool.query('vacuum');
      await pool.query('checkpoint');
      return {
        tables: await one('select pg_database_size(current_database())'),
        log: await one(`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')`),
      };
    },
    [Symbol.asyncDispose]: async () => {
      redis?.disconnect();
      await pool.end();
    },
  };
}

export function difference(after: Cost, before: Cost): Cost {
  return {
    node: after.node - before.node,
    media: after.media - before.media,
    postgres: after.postgres - before.postgres,
    redis: after.redis - before.redis,
  };
}

/** Each part divided by how many there were of something. */
export function each(cost: Cost, count: number): Cost {
  return {
    node: cost.node / count,
    media: cost.media / count,
    postgres: cost.postgres / count,
    redis: cost.redis / count,
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Milliseconds, of `INFO cpu`. */
function usedBy(info: string): number {
  const seconds = [/^used_cpu_sys:([\d.]+)/m, /^used_cpu_user:([\d.]+)/m].map((field) => Number(field.exec(info)?.[1]));
  return sum(seconds) * 1_000;
}

/** Of `INFO commandstats`; sharded ones too. */
function publishedIn(info: string): number {
  return sum([...info.matchAll(/^cmdstat_s?publish:calls=(\d+)/gm)].map(([, calls]) => Number(calls)));
}
