/** The floor that keeps the same (bench/floor): what it writes down is what the calls of a visit leave, and it leaves nothing by that. */
import { expect, it } from '@jest/globals';
import { benchJwt, openClinic } from '../../bench/clinic.ts';
import { anotherLine, keep } from '../../bench/floor/keep.ts';
import { recordVisits } from '../../bench/floor/record.ts';
import { createTokens } from '../../src/identity/auth/tokens.ts';
import { createMeetingGate, RecentMeetings } from '../../src/meetings/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { openAudit } from '../../src/platform/db/audit.ts';
import { newId } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { memoryLogger } from '../support/serve-app.ts';

it('leaves what the calls of a visit leave, and nothing by being written down', async () => {
  await using db = await createTestDatabase();
  await using clinic = await openClinic(db.appUrl, 2);
  const [kept = '', real = ''] = await clinic.schedule();
  const untouched = await leftOf(db, kept);
  const plan = await recordVisits(db.appUrl, clinic, [kept]);
  expect(await leftOf(db, kept)).toEqual(untouched);
  const [visit] = plan.visits;
  if (!visit) throw new Error('Nothing was written down.');
  const { pool } = db.database;
  for (const name of ['meeting:wait', 'meeting:start', 'meeting:join'] as const)
    await keep(pool, plan, visit.calls[name].statements);
  for (const line of [visit.lines.doctor, visit.lines.patient, visit.lines.patient])
    await keep(pool, plan, anotherLine(line));
  await keep(pool, plan, visit.calls['meeting:end'].statements);
  await expect(keep(pool, plan, visit.calls['meeting:end'].statements)).rejects.toThrow('did nothing');

  await visitFor(db, clinic.tenantId, clinic.couples[1], real);
  const left = await leftOf(db, real);
  expect(await leftOf(db, kept)).toEqual(left);
  expect(left).toMatchObject({ status: 'ended', entries: ['waited', 'start', 'join', 'end'], lines: 3, facts: 4 });
});

/** The same visit, by the calls themselves. */
async function visitFor(
  db: TestDatabase,
  tenantId: string,
  couple: { doctorToken: string; patientToken: string } | undefined,
  meetingId: string,
): Promise<void> {
  const { verifyAccess } = createTokens(benchJwt);
  const doctor = await verifyAccess(couple?.doctorToken ?? '');
  const patient = await verifyAccess(couple?.patientToken ?? '');
  const { database } = db;
  const { logger } = memoryLogger();
  const recent = new RecentMeetings();
  const gate = createMeetingGate({ database, clock: systemClock, logger, recent, onCommitted: () => undefined });
  const through = (actor: typeof doctor, action: string) => {
    const from = { requestId: null, address: null, userAgent: null };
    const occasion = { action, purpose: 'TREAT' as const, route: action, ...from };
    return gate.through(openAudit(database, occasion, logger).tenantDb(tenantId, actor));
  };
  const nodeId = newId();
  await through(patient, 'meeting.wait').wait(patient, meetingId);
  const { seat: doctors } = await through(doctor, 'meeting.start').start(doctor, meetingId, nodeId);
  const { seat: patients } = await through(patient, 'meeting.join').join(patient, meetingId, nodeId);
  for (const [actor, seat] of [
    [doctor, doctors],
    [patient, patients],
    [patient, patients],
  ] as const)
    await through(actor, 'chat.send').say(seat, { text: 'A line of a measurement.', clientId: newId() });
  await through(doctor, 'meeting.end').end(doctor, meetingId, nodeId);
}

/** What there is of a meeting, but for ids and times. */
async function leftOf({ sql }: TestDatabase, id: string) {
  const [row] = await sql<Record<string, unknown>>(
    `select m.status, m.version, m.end_reason, m.doctor_node_id, m.snapshot->'value' as state,
       array(select type from meeting_event e where e.meeting_id = m.id order by e.id) as entries,
       array(select detail from meeting_event e where e.meeting_id = m.id order by e.id) as details,
       (select count(*)::int from meeting_chat_line l where l.meeting_id = m.id) as lines,
       (select count(*)::int from outbox o where o.key = m.id) as facts,
       array(select jsonb_path_query_array(payload, '$.effects[*].type') from outbox o where o.key = m.id order by o.seq) as effects,
       array(select a.entry->>'action' || ' of ' || array_length(a.patient_ids, 1) || ' by ' || (a.entry->>'actor_roles')
         from audit_unsealed a where a.entry->>'entity_id' = m.id::text order by 1) as audit
     from meeting m where m.id = $1`,
    [id],
  );
  return row;
}
