/**
 * The floor of REST: a bare Express handler for each path with the statements that the thing needs for its answer,
 * prepared, through pg. No limit, no identity, no transaction around a read, no audit, no validation, no log.
 */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Pool } from 'pg';
import { meetingColumns, meetingTables } from '../../src/meetings/rows.ts';
import { newId } from '../../src/platform/ids.ts';
import { answerBench } from '../process/messages.ts';

let pool: Pool;
let tenantId = '';
/** What the thing writes besides what a caller sends: of the same size. */
let written = { snapshot: '{}', payload: '{}' };

const app = express().disable('x-powered-by').disable('etag');
const columns = meetingColumns.text;
const tables = meetingTables.text;

/** Read, not verified: who asks decides which rows are looked up. */
function asker(req: express.Request): { sub: string; prid: string } {
  const payload = req.get('authorization')?.split('.')[1] ?? '';
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string; prid: string };
}

const me = `
  select u.id, u.email::text, u.display_name, u.roles::text[], u.practitioner_id, u.patient_id, u.is_active,
    t.slug, t.name, t.settings,
    (select f.confirmed_at from second_factor f where f.tenant_id = u.tenant_id and f.user_id = u.id) as confirmed_at,
    (select coalesce(json_agg(json_build_object('key', r.key, 'name', r.name, 'scopes', r.scopes)), '[]')
     from user_role ur join clinic_role r on r.tenant_id = ur.tenant_id and r.id = ur.role_id
     where ur.tenant_id = u.tenant_id and ur.user_id = u.id) as roles_of_clinic
  from app_user u join tenant t on t.id = u.tenant_id where u.tenant_id = $1 and u.id = $2`;

app.get('/api/v1/auth/me', async (req, res) => {
  const { rows } = await pool.query({ name: 'me', text: me, values: [tenantId, asker(req).sub] });
  res.json(rows[0]);
});
app.get('/api/v1/meetings', async (req, res) => {
  const text = `select ${columns} from ${tables} where m.tenant_id = $1 and m.doctor_id = $2
    order by m.scheduled_at desc, m.id desc limit 51`;
  const { rows } = await pool.query({ name: 'list', text, values: [tenantId, asker(req).prid] });
  res.json({ items: rows, nextCursor: null });
});
app.get('/api/v1/meetings/:id', async (req, res) => {
  const text = `select ${columns} from ${tables} where m.tenant_id = $1 and m.id = $2`;
  const { rows } = await pool.query({ name: 'one', text, values: [tenantId, req.params.id] });
  res.json(rows[0]);
});
app.post('/api/v1/meetings', express.json(), async (req, res) => {
  const { doctorId, patientId, scheduledAt, reason } = req.body as Record<string, string>;
  const id = newId();
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query({
      name: 'clinic',
      text: `select t.settings,
        (select name from practitioner d where d.tenant_id = t.id and d.id = $2) as "doctorName",
        (select name from patient p where p.tenant_id = t.id and p.id = $3) as "patientName"
        from tenant t where t.id = $1`,
      values: [tenantId, doctorId, patientId],
    });
    await client.query({
      name: 'add',
      text: `insert into meeting (id, tenant_id, doctor_id, patient_id, scheduled_at, next_deadline_at, reason, snapshot)
        values ($1, $2, $3, $4, $5, $5, $6, $7)`,
      values: [id, tenantId, doctorId, patientId, scheduledAt, reason, written.snapshot],
    });
    await client.query({
      name: 'tell',
      text: 'insert into outbox (id, tenant_id, topic, key, payload) values ($1, $2, $3, $4, $5)',
      values: [newId(), tenantId, 'bench.floor', id, written.payload],
    });
    await client.query('commit');
    res.status(201).json({ id, ...req.body, ...rows[0], settings: undefined });
  } finally {
    client.release();
  }
});

const answers = {
  /** Row-level security is there, but set once for all connections instead of in each transaction. */
  open: async (given: { tenantId: string; written: typeof written }): Promise<void> => {
    ({ tenantId, written } = given);
    const options = `-c app.tenant_id=${tenantId}`;
    pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: 10, options });
    await pool.query('select 1');
  },
};
export type RestFloor = typeof answers;
answerBench(answers);

const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Floor is ready at http://127.0.0.1:${port}`);
});
