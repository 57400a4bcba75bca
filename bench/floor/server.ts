/**
 * The floor of a start, a join, or any call that changes a meeting: the same Socket.IO server, and behind each call one
 * committed PostgreSQL transaction that changes one row through a prepared statement. No identity, no rules, no validation,
 * no timeline, no facts.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import type { Server } from 'socket.io';
import { createSocketServer } from '../../signaling/gateway/gateway.ts';
import { answerBench } from '../process/messages.ts';

type Acknowledge = (answer: unknown) => void;

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

const http = createServer();
const io: Server = createSocketServer(http, { corsOrigins: [] });
io.on('connection', (socket) => {
  // Which meeting it is about is said once, as to the thing.
  let known = '';
  for (const name of ['meeting:wait', 'meeting:start', 'meeting:join', 'chat:send', 'meeting:end']) {
    socket.on(name, ({ meetingId = known }: { meetingId?: string }, acknowledge: Acknowledge) => {
      known = meetingId;
      void commit(meetingId).then(
        () => acknowledge({ ok: true, data: answer }),
        (error: unknown) => acknowledge({ ok: false, error: { code: 'INTERNAL', message: String(error) } }),
      );
    });
  }
  socket.on('media:report', (_input: unknown, acknowledge: Acknowledge) => acknowledge({ ok: true, data: {} }));
});

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

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  console.log(`Floor is ready at http://127.0.0.1:${port}`);
});
