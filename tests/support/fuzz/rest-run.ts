/** Thousands of requests at a live server, by everybody and by nobody, and what came of them. */
import * as fc from 'fast-check';
import { scopeCatalogue } from '../../../src/identity/auth/scopes.ts';
import { roles } from '../../../src/platform/actor.ts';
import { carriedOut, type Ids } from '../doors/bodies.ts';
import { createFullTenant, type FullTenant } from '../every-row.ts';
import { type Description, type Judge, judgeBy } from '../openapi.ts';
import { call } from '../serve-app.ts';
import { testPassword, testTokens } from '../tenant.ts';
import type { JsonSchema } from './json-schema.ts';
import { createRestClient } from './rest-client.ts';
import { faultsOfAnswer } from './rest-judge.ts';
import { type Operation, operationsOf, type RestAims, type RestShot, restShot } from './rest-shots.ts';
import type { Target } from './target.ts';

const connections = 8;
/** After so many, new clinics are aimed at: most of the old one's accounts are switched off by then, or signed out. */
const batch = 1_000;

export interface Tally {
  statuses: Map<number, number>;
  /** Operations that were carried out. */
  carriedOut: Set<string>;
  /** Operations that were asked for at all. */
  asked: Set<string>;
  faults: string[];
}

export interface RestRun {
  operations: readonly Operation[];
  tally: Tally;
}

/** Sends as many requests as asked for. The same seed makes the same requests, but for ids. */
export async function fuzzRest(
  target: Target,
  { seed, requests }: { seed: number; requests: number },
): Promise<RestRun> {
  const description = (await call(`${target.url}/api/v1/openapi.json`, 'GET')).json as Description;
  const judge = judgeBy(description);
  const operations = operationsOf(description);
  const tally: Tally = { statuses: new Map(), carriedOut: new Set(), asked: new Set(), faults: [] };
  for (let sent = 0; sent < requests; sent += batch) {
    const aims = await aim(target, description, operations);
    const shots = fc.sample(restShot(aims), { seed: seed + sent, numRuns: Math.min(batch, requests - sent) });
    await fire(target, shots, judge, tally);
  }
  return { operations, tally };
}

/** Two clinics with a row in every table, a credential of every kind, and bodies that go through. */
async function aim(target: Target, description: Description, operations: readonly Operation[]): Promise<RestAims> {
  const [own, other] = [await createFullTenant(target.db), await createFullTenant(target.db)];
  // What every-row.ts seals cannot be opened: it is no second factor.
  await target.db.sql('delete from second_factor where tenant_id = any ($1)', [[own.id, other.id]]);
  const byTable = await idsByTable(target, [own.id, other.id]);
  const people = ['doctor', 'doctor2', 'patient', 'patient2', 'lab', 'staff', 'admin'] as const;
  const tokens = await Promise.all(people.map((person) => own.token(person)));
  // Of the usual kinds one each; who may everything comes oftener, or most operations would be refused.
  const mighty = await Promise.all(Array.from({ length: 8 }, () => almighty(own)));
  const others = [await other.token('admin'), await other.token('patient')];
  return {
    operations,
    components: description.components['schemas'] as Record<string, JsonSchema>,
    ids: [...byTable.values()].flatMap((ids) => ids.slice(0, 4)),
    places: Object.fromEntries(operations.map((one) => [`${one.method} ${one.path}`, placesOf(one, byTable)])),
    credentials: [
      ...[...tokens, ...mighty, ...others].map((token) => `Bearer ${token}`),
      '',
      'Bearer ',
      'Basic YTpi',
      'Bearer hck_AAAA',
      `Bearer ${tokens[0]}x`,
      `Bearer eyJhbGciOiJub25lIn0.${tokens[6]?.split('.')[1]}.`,
    ],
    bodies: await readyBodies({ own, other, operations, byTable }),
  };
}

/** A token of the clinic's doctor who may everything, in every role. */
async function almighty({ id: tenantId, users, doctorId: practitionerId, patientId }: FullTenant): Promise<string> {
  const scopes = Object.keys(scopeCatalogue);
  const subject = { userId: users.doctor.id, tenantId, roles: [...roles], scopes, patientId, practitionerId };
  return (await testTokens.issueAccess({ ...subject, sessionId: crypto.randomUUID() })).token;
}

async function idsByTable({ db }: Target, tenantIds: readonly string[]): Promise<Map<string, string[]>> {
  const tables = await db.sql<{ name: string }>(
    `select c.relname as name from pg_class c
     join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id'
     join pg_attribute i on i.attrelid = c.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
  );
  const found = new Map<string, string[]>();
  for (const { name } of tables) {
    const rows = await db.sql<{ id: string }>(
      `select id from "${name}" where tenant_id = any ($1) order by tenant_id = $2 desc limit 12`,
      [tenantIds, tenantIds[0]],
    );
    if (rows.length > 0)
      found.set(
        name,
        rows.map(({ id }) => id),
      );
  }
  return found;
}

/** By the folder before the parameter, in the plural or not: `/meetings/{id}`. */
function placesOf({ path }: Operation, byTable: Map<string, string[]>): Record<string, readonly string[]> {
  const parts = path.split('/');
  const all = [...byTable.values()].flat();
  return Object.fromEntries(
    parts.flatMap((part, index) => {
      if (!part.startsWith('{')) return [];
      const folder = (parts[index - 1] ?? '').replaceAll('-', '_').replace(/s$/, '').replace(/ie$/, 'y');
      const table = [...byTable.keys()].find((name) => name === folder || name.endsWith(`_${folder}`));
      return [[part.slice(1, -1), byTable.get(table ?? '') ?? all] as const];
    }),
  );
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

interface Ready {
  own: FullTenant;
  other: FullTenant;
  operations: readonly Operation[];
  byTable: Map<string, string[]>;
}

/** Bodies that go through: the description's examples, those of the walk through the doors, and pairs that belong together. */
async function readyBodies({ own, other, operations, byTable }: Ready): Promise<Record<string, readonly unknown[]>> {
  const { doctorId, patientId } = own;
  const ids: Ids = (table) => {
    if (table === 'practitioner') return doctorId;
    return table === 'patient' ? patientId : (byTable.get(table)?.[0] ?? doctorId);
  };
  const found: Record<string, readonly unknown[]> = {};
  for (const { method, path, requestBody } of operations) {
    const example = requestBody?.content['application/json']?.example;
    const name = `${method} ${path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')}`;
    const walked = (await carriedOut[name]?.(ids, own)) ?? [];
    if (example !== undefined || walked.length > 0) found[`${method} ${path}`] = [example, ...walked, ...walked];
  }
  const logins = [own, other].map(({ users, slug }) => ({
    email: users.patient.email,
    password: testPassword,
    tenant: slug,
  }));
  return {
    ...found,
    'POST /api/v1/auth/login': [...logins, { email: 'nobody@test.example', password: 'x' }],
    'POST /api/v1/auth/register': Array.from({ length: 20 }, (_, index) => ({
      tenant: own.slug,
      email: `new-${index}@test.example`,
      displayName: 'Somebody New',
      password: `Quite-Unguessable-7${index}`,
    })),
    'POST /api/v1/meetings': [1, 2, 3].map((days) => ({ doctorId, patientId, scheduledAt: inDays(days) })),
  };
}

/** Whoever is refused in the middle of sending may find the connection closed before they read why. */
function isTooLarge({ target, headers, body }: RestShot): boolean {
  return target.length + JSON.stringify(headers).length > 15_000 || (body?.length ?? 0) > 60_000;
}

async function fire(target: Target, shots: readonly RestShot[], judge: Judge, tally: Tally): Promise<void> {
  using client = createRestClient(target.url, connections);
  const rest = shots.values();
  const gun = async () => {
    for (const shot of rest) {
      const answer = await client.send(shot);
      const what = `${shot.method} ${shot.target.slice(0, 300)} ${shot.body?.subarray(0, 600).toString() ?? ''}`;
      if (answer === 'lost') {
        tally.faults.push(...(isTooLarge(shot) ? [] : [`${what} was not answered`]));
        continue;
      }
      tally.statuses.set(answer.status, (tally.statuses.get(answer.status) ?? 0) + 1);
      const name = shot.operation && `${shot.operation.method} ${shot.operation.path}`;
      if (name) tally.asked.add(name);
      if (name && answer.status < 300) tally.carriedOut.add(name);
      tally.faults.push(...faultsOfAnswer(shot, answer, judge).map((fault) => `${what} ${fault}`));
    }
  };
  await Promise.all(Array.from({ length: connections }, gun));
}
