/** Where PostgreSQL's time goes: for whoever looks into a figure of its processor time. */
import { Pool } from 'pg';

/** What `openBenchDatabase` starts PostgreSQL with when `BENCH_STATEMENTS` is set. */
export const statementSettings: Readonly<Record<string, string>> = process.env['BENCH_STATEMENTS']
  ? {
      shared_preload_libraries: 'pg_stat_statements',
      'pg_stat_statements.track': 'all',
      'pg_stat_statements.track_planning': 'on',
    }
  : {};

/**
 * A line for each of the statements that took longest in all: calls, plans, ms in all, ms of one execution and of one plan,
 * buffers of one, the text.
 */
export async function costliestStatements(ownerUrl: string, count: number): Promise<string[]> {
  const pool = new Pool({ connectionString: ownerUrl, max: 1 });
  pool.on('error', () => undefined);
  try {
    await pool.query('create extension if not exists pg_stat_statements');
    const { rows } = await pool.query<
      Record<'calls' | 'plans' | 'all' | 'one' | 'planned' | 'buffers' | 'text', string>
    >(
      `select calls, plans, round(total_exec_time + total_plan_time) as all, round(mean_exec_time::numeric, 3) as one,
         round(mean_plan_time::numeric, 3) as planned,
         (shared_blks_hit + shared_blks_read) / greatest(calls, 1) as buffers,
         left(regexp_replace(query, '\\s+', ' ', 'g'), 150) as text
       from pg_stat_statements order by total_exec_time + total_plan_time desc limit $1`,
      [count],
    );
    return rows.map(({ calls, plans, all, one, planned, buffers, text }) =>
      [calls, plans, all, one, planned, buffers, text].join('\t'),
    );
  } finally {
    await pool.end();
  }
}
