/** What the calls of a visit say to the database, written down by making them and undoing them, so that the floor can say the same. */
import { Pool, type PoolClient } from 'pg';
import { calls } from '../../signaling/protocol/index.ts';
import { createTokens } from '../../src/identity/auth/tokens.ts';
import { createMeetingGate, type MeetingDeps, RecentMeetings } from '../../src/meetings/index.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { openAudit } from '../../src/platform/db/audit.ts';
import { Prisma } from '../../src/platform/db/client.ts';
import type { Closing, Database, TenantDb } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { type BenchClinic, benchJwt, type Couple } from '../clinic.ts';
import type { FloorCall } from './sockets.ts';

/** `text` is the place of the statement's words in the book of all. */
export interface KeptStatement {
  text: number;
  values: unknown[];
}

export interface KeptCall {
  statements: KeptStatement[];
  /** The meeting as it is then; what was said, of chat. */
  told: unknown;
}

export interface KeptVisit {
  meetingId: string;
  calls: Record<Exclude<FloorCall, 'chat:send'>, KeptCall>;
  /** One line of chat of each, and the ids that were made for it: another line has others. */
  lines: Record<'doctor' | 'patient', KeptCall & { own: string[] }>;
}

export interface KeptPlan {
  tenantId: string;
  texts: readonly string[];
  visits: KeptVisit[];
}

/** Of one meeting for each couple of the clinic, which is scheduled and has not been touched. Nothing is left of it. */
export async function recordVisits(appUrl: string, clinic: BenchClinic, ids: readonly string[]): Promise<KeptPlan> {
  const pool = new Pool({ connectionString: appUrl, max: 1 });
  const texts = new Map<string, number>();
  const visits: KeptVisit[] = [];
  try {
    const client = await pool.connect();
    for (const [index, meetingId] of ids.entries()) {
      const couple = clinic.couples[index];
      if (!couple) throw new Error('There are more meetings than couples.');
      await client.query('begin');
      await client.query(`select set_config('app.tenant_id', $1, true)`, [clinic.tenantId]);
      visits.push(await recordVisit(client, texts, { meetingId, tenantId: clinic.tenantId, ...couple }));
      await client.query('rollback');
    }
    client.release();
  } finally {
    await pool.end();
  }
  return { tenantId: clinic.tenantId, texts: [...texts.keys()], visits };
}

type Visit = Couple & { meetingId: string; tenantId: string };

const tokens = createTokens(benchJwt);
const logger = createLogger('silent');
const nodeId = newId();

async function recordVisit(client: PoolClient, texts: Map<string, number>, visit: Visit): Promise<KeptVisit> {
  const { meetingId, tenantId, doctorId, patientId } = visit;
  const [doctor, patient] = await Promise.all([visit.doctorToken, visit.patientToken].map(tokens.verifyAccess));
  if (!doctor || !patient) throw new Error('A visit has two.');
  let statements: KeptStatement[] = [];
  const note = ({ text, values }: Prisma.Sql): void => {
    const place = texts.get(text) ?? texts.size;
    texts.set(text, place);
    statements.push({ text: place, values });
  };
  const database = recording(client, note);
  const deps: MeetingDeps = {
    database,
    clock: systemClock,
    logger,
    recent: new RecentMeetings(),
    onCommitted: () => {},
  };
  const gate = createMeetingGate(deps);
  /** As the dispatcher opens it. */
  const through = (name: FloorCall, actor: Actor) => {
    statements = [];
    const { audit } = calls[name];
    if ('none' in audit) throw new Error(`${name} leaves no entry.`);
    const from = { requestId: 'AAAAAAAAAAAAAAAAAAAA', address: '127.0.0.1', userAgent: null };
    const occasion = { action: audit.action, purpose: 'TREAT' as const, route: name, ...from };
    return gate.through(openAudit(database, occasion, logger).tenantDb(tenantId, actor));
  };
  const { meeting: waiting } = await through('meeting:wait', patient).wait(patient, meetingId);
  const wait = { statements, told: { meeting: waiting } };
  const started = await through('meeting:start', doctor).start(doctor, meetingId, nodeId);
  const start = { statements, told: { meeting: started.meeting } };
  const joined = await through('meeting:join', patient).join(patient, meetingId, nodeId);
  const join = { statements, told: { meeting: joined.meeting } };
  const known = new Set([tenantId, meetingId, doctorId, patientId, doctor.userId, patient.userId]);
  const line = async (actor: Actor, { seat }: typeof started) => {
    const told = await through('chat:send', actor).say(seat, { text: 'A line of a measurement.', clientId: newId() });
    const own = statements.flatMap(({ values }) => values).filter((value) => isId(value) && !known.has(value));
    return { statements, told, own: [...new Set(own as string[])] };
  };
  const lines = { doctor: await line(doctor, started), patient: await line(patient, joined) };
  const ended = await through('meeting:end', doctor).end(doctor, meetingId, nodeId);
  const end = { statements, told: { meeting: ended } };
  return {
    meetingId,
    calls: { 'meeting:wait': wait, 'meeting:start': start, 'meeting:join': join, 'meeting:end': end },
    lines,
  };
}

const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** A database whose every door leads into the one transaction of `client`. Hears of what is said in a turn, locks and all. */
function recording(client: PoolClient, note: (statement: Prisma.Sql) => void): Database {
  const say = async (statement: Prisma.Sql) =>
    (await client.query({ text: statement.text, values: statement.values })).rows;
  const unused = (): never => {
    throw new Error('A call of a visit does not do this.');
  };
  const door = (tenantId: string, closing?: Closing): TenantDb => ({
    tenantId,
    about: (subject) => closing?.about(subject),
    refused: unused,
    reply: () => undefined,
    run: unused,
    readAbout: unused,
    read: async (read) => (await say(read)) as never,
    async decide(read, decide, before) {
      const ahead = before?.ahead ?? [];
      for (const statement of ahead) await say(statement);
      const { writes, answer } = decide((await say(read)) as never);
      const entry = closing?.statement();
      const made = [...writes, ...(entry ? [entry] : [])];
      for (const statement of made) await say(statement);
      for (const statement of [...ahead, read, ...made]) note(statement);
      closing?.settled(true);
      return answer;
    },
    async writeIf(write) {
      const entry = closing?.statement({ from: Prisma.sql`changed` });
      const statement = write(entry ? Prisma.sql`, closing as (${entry})` : Prisma.empty);
      const rows = await client.query({ text: statement.text, values: statement.values });
      note(statement);
      closing?.settled(true);
      return rows.rowCount !== 0;
    },
  });
  return { tenant: door } as Database;
}
