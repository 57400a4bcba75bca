/**
 * The bare floor of a start, a join, or any call that changes a meeting: the same Socket.IO server, and behind each call one
 * committed PostgreSQL transaction that changes one row through a prepared statement. No identity, no rules, no validation,
 * no timeline, no facts.
 */
import { Pool } from 'pg';
import { answerBench } from '../process/messages.ts';
import { serveFloor } from './sockets.ts';

const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });

/** What is answered and written: the same bytes as the thing's own, handed over by the bench. */
let answer: unknown = {};
let note = '{}';

async function commit(id: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({
      name: 'call',
      text: 'update bench_floor set calls = calls + 1, note = $2::jsonb where id = $1',
      values: [id, note],
    });
    await client.query('commit');
  } finally {
    client.release();
  }
}

const answers = {
  imitate: (given: { answer: unknown; note: string }): void => {
    ({ answer, note } = given);
  },
  schedule: async (ids: string[]): Promise<void> => {
    await pool.query('insert into bench_floor select unnest($1::uuid[]), 0, $2::jsonb', [ids, note]);
  },
};
export type Floor = typeof answers;
answerBench(answers);

serveFloor(async ({ meetingId }) => {
  await commit(meetingId);
  return answer;
});
