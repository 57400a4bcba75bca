/** The floor of a search for free times: the same statement, prepared, through pg behind a bare Express handler. */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Pool } from 'pg';
import { answerBench } from '../process/messages.ts';

interface Imitated {
  tenantId: string;
  /** By the path that is asked for: what to ask the database, and what the thing answers. */
  paths: Record<string, { text: string; values: unknown[]; answer: unknown }>;
}

let pool: Pool;
let paths: Imitated['paths'] = {};

const app = express().disable('x-powered-by').disable('etag');
app.get('/api/v1/slots', async (req, res) => {
  const imitated = paths[req.originalUrl];
  if (!imitated) throw new Error('The floor was not told of this search.');
  const { text, values, answer } = imitated;
  await pool.query({ name: `slots ${text.length}`, text, values });
  res.json(answer);
});

const answers = {
  /** Row-level security is there, but set once for all connections instead of in each transaction. */
  open: async (imitated: Imitated): Promise<void> => {
    paths = imitated.paths;
    const options = `-c app.tenant_id=${imitated.tenantId}`;
    pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10, options });
    await pool.query('select 1');
  },
};
export type SlotsFloor = typeof answers;
answerBench(answers);

const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Floor is ready at http://127.0.0.1:${port}`);
});
