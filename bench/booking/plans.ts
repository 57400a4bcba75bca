/** A million appointments, and how PostgreSQL finds what is asked for among them. */
import { Client } from 'pg';
import { newId } from '../../src/platform/ids.ts';
import { schedulesSql } from '../../src/scheduling/slots/load.ts';
import { openBenchDatabase } from '../database.ts';

const doctors = 200;
const perDoctor = 5_000;

interface Question {
  what: string;
  text: string;
  values: unknown[];
}

export async function reportPlans(say: (line: string) => void): Promise<string> {
  await using bench = await openBenchDatabase();
  const client = new Client({ connectionString: bench.appUrl });
  await client.connect();
  try {
    const tenantId = newId();
    await client.query(`select set_config('app.tenant_id', $1, false)`, [tenantId]);
    const began = performance.now();
    const ids = await fill(client, tenantId, say);
    say(`${doctors * perDoctor} appointments in ${Math.round((performance.now() - began) / 1_000)} s`);
    await bench.analyze();
    const plans: string[] = [];
    for (const question of questions(tenantId, ids)) plans.push(await explain(client, question));
    return plans.join('\n\n');
  } finally {
    await client.end();
  }
}

interface Ids {
  doctorId: string;
  patientId: string;
  serviceId: string;
  locationId: string;
  appointmentId: string;
}

/** A quarter of an hour each, one after the other, from a year ago until a while ahead; one patient for each visit. */
async function fill(client: Client, tenantId: string, say: (line: string) => void): Promise<Ids> {
  const [serviceId, locationId] = [newId(), newId()];
  const settings = JSON.stringify({ timeZone: 'Europe/London' });
  await client.query(`insert into tenant (id, slug, name, settings) values ($1, $2, 'Bench', $3)`, [
    tenantId,
    tenantId,
    settings,
  ]);
  await client.query(
    `insert into service (id, tenant_id, code_system, code, name, duration_minutes, price_minor, currency, modality)
     values ($1, $2, 'x', 'x', 'Visit', 15, 100, 'GBP', 'both')`,
    [serviceId, tenantId],
  );
  await client.query(
    `insert into location (id, tenant_id, name, type, city, country, time_zone)
     values ($1, $2, 'Main street', 'clinic', 'London', 'GB', 'Europe/London')`,
    [locationId, tenantId],
  );
  await client.query(
    `insert into patient (id, tenant_id, name) select gen_random_uuid(), $1, 'Pat' from generate_series(1, ${perDoctor})`,
    [tenantId],
  );
  const doctorIds = Array.from({ length: doctors }, newId);
  for (const [index, doctorId] of doctorIds.entries()) {
    await addDoctor(client, { tenantId, serviceId, locationId, doctorId }, index);
    if (index % 50 === 49) say(`${(index + 1) * perDoctor} appointments`);
  }
  const doctorId = doctorIds[doctors >> 1] ?? '';
  const { rows } = await client.query<{ id: string; patient_id: string }>(
    'select id, patient_id from appointment where practitioner_id = $1 limit 1',
    [doctorId],
  );
  const [row] = rows;
  if (!row) throw new Error('Nothing was made.');
  return { doctorId, serviceId, locationId, patientId: row.patient_id, appointmentId: row.id };
}

async function addDoctor(
  client: Client,
  { tenantId, serviceId, locationId, doctorId }: Record<'tenantId' | 'serviceId' | 'locationId' | 'doctorId', string>,
  index: number,
): Promise<void> {
  await client.query(`insert into practitioner (id, tenant_id, name) values ($1, $2, 'Dr Bench')`, [
    doctorId,
    tenantId,
  ]);
  await client.query('insert into practitioner_service (tenant_id, practitioner_id, service_id) values ($1, $2, $3)', [
    tenantId,
    doctorId,
    serviceId,
  ]);
  await client.query(
    `insert into availability_rule (id, tenant_id, practitioner_id, modality, weekday, start_minute, end_minute)
     select gen_random_uuid(), $1, $2, 'video', d, 480, 1080 from generate_series(1, 7) d`,
    [tenantId, doctorId],
  );
  // Every doctor begins with another patient, so that nobody is in two places at once.
  await client.query(
    `insert into appointment (id, tenant_id, practitioner_id, patient_id, service_id, location_id, modality, starts_at, ends_at,
       busy_from, busy_until, status, price_minor, currency, created_by_id)
     select gen_random_uuid(), $1, $2, p.id, $3, $4, 'in_person', at, at + interval '15 minutes', at, at + interval '15 minutes',
       'booked', 100, 'GBP', $2
     from (select id, row_number() over (order by id) as n from patient where tenant_id = $1) p
     cross join lateral (
       select date_trunc('hour', now()) - interval '40 days' + make_interval(mins => (15 * ((p.n + 23 * $5::int) % ${perDoctor}))::int) as at
     ) t`,
    [tenantId, doctorId, serviceId, locationId, index],
  );
}

function questions(tenantId: string, ids: Ids): Question[] {
  const { doctorId, patientId, serviceId, locationId, appointmentId } = ids;
  const now = Date.now();
  const [from, to] = [new Date(now), new Date(now + 86_400_000)];
  const page = 'order by starts_at, id limit 51';
  const slots = schedulesSql({ tenantId, serviceId, whose: { practitionerIds: [doctorId] }, from: now, to: now + 1 });
  const first = 'select id, starts_at from appointment where tenant_id = $1';
  return [
    { what: 'one appointment', text: `${first} and id = $2`, values: [tenantId, appointmentId] },
    {
      what: 'a day of one doctor',
      text: `${first} and practitioner_id = $2 and starts_at >= $3 and starts_at < $4 ${page}`,
      values: [tenantId, doctorId, from, to],
    },
    { what: 'a patient’s own', text: `${first} and patient_id = $2 ${page}`, values: [tenantId, patientId] },
    {
      what: 'a day of one place',
      text: `${first} and location_id = $2 and starts_at >= $3 and starts_at < $4 ${page}`,
      values: [tenantId, locationId, from, to],
    },
    {
      what: 'the clinic’s next page',
      text: `${first} and (starts_at, id) > ($2, $3) ${page}`,
      values: [tenantId, from, appointmentId],
    },
    {
      what: 'whom a booking would overlap',
      text: `select id from appointment where practitioner_id = $1 and tenant_id = $2 and status in ('pending', 'booked', 'arrived')
        and tstzrange(busy_from, busy_until, '[)') && tstzrange($3, $4, '[)')`,
      values: [doctorId, tenantId, from, new Date(now + 900_000)],
    },
    {
      what: 'what is due',
      text: 'select * from due_appointments($1, 100)',
      values: [from],
    },
    { what: 'whether a time is free', text: slots.text, values: slots.values },
  ];
}

/** The plan without its costs, which differ from run to run. Throws when the million are read one by one. */
async function explain(client: Client, { what, text, values }: Question): Promise<string> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, costs off, timing off, buffers off) ${text}`,
    values,
  );
  const lines = rows.map((row) => row['QUERY PLAN']);
  const uses = lines.filter((line) => /appointment/.test(line) && /Scan/.test(line)).map((line) => line.trim());
  if (uses.some((line) => line.includes('Seq Scan'))) throw new Error(`${what}: ${uses.join('; ')}`);
  const time = lines.find((line) => line.startsWith('Execution Time')) ?? '';
  return [
    `**${what}**: ${time.toLowerCase()}`,
    ...new Set(uses.map((line) => `- \`${line.replace(/^->\s*/, '')}\``)),
  ].join('\n');
}
