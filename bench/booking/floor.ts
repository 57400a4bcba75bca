/**
 * The floor of a booking: the very statements that the thing would make for it, prepared, in one committed transaction
 * through pg, behind a bare Express handler. No limit, no identity, no rules, no audit, no log.
 */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Pool } from 'pg';
import { answerBench } from '../process/messages.ts';
import type { Recorded } from './record.ts';

const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const planned = new Map<string, Recorded>();
const names = new Map<string, string>();
let tenantId = '';

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = `s${names.size}`));
  return name;
}

const keyOf = ({ practitionerId, startsAt }: { practitionerId: string; startsAt: string }) => practitionerId + startsAt;

const app = express().disable('x-powered-by').disable('etag');
app.post('/api/v1/appointments', express.json(), async (req, res) => {
  const recorded = planned.get(keyOf(req.body as { practitionerId: string; startsAt: string }));
  if (!recorded) throw new Error('The floor was not told of this booking.');
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({ name: 'tenant', text: `select set_config('app.tenant_id', $1, true)`, values: [tenantId] });
    for (const { text, values } of recorded.statements) await client.query({ name: nameOf(text), text, values });
    await client.query('commit');
  } finally {
    client.release();
  }
  res.status(201).json(recorded.answer);
});

const answers = {
  plan: (given: { tenantId: string; bookings: Recorded[] }): void => {
    ({ tenantId } = given);
    planned.clear();
    for (const one of given.bookings) planned.set(keyOf(one.answer), one);
  },
};
export type BookingFloor = typeof answers;
answerBench(answers);

const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Floor is ready at http://127.0.0.1:${port}`);
});
