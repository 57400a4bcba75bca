/**
 * Every route of the running server, from the table that serves it: nobody comes in without a token, without the scope, or
 * with another clinic's ids. A route that somebody adds is walked as well; where the walk needs to be told something about
 * it, it fails with a sentence that says what.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { scopeCatalogue } from '../../src/identity/auth/scopes.ts';
import { roles } from '../../src/platform/actor.ts';
import type { Access, Route } from '../../src/platform/http/route.ts';
import { anyBody, bodiesWithIds, idFieldsOf, nameOf, schemaOf } from '../support/doors/bodies.ts';
import { bodyFor } from '../support/doors/form.ts';
import { idIn, paramsOf, tableOf } from '../support/doors/ids.ts';
import { createFullTenant, type FullTenant } from '../support/every-row.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { type ModelServer, startModel } from '../support/model-server.ts';
import { type Answered, call } from '../support/serve-app.ts';
import { testTokens } from '../support/tenant.ts';

let live: LiveServer;
let model: ModelServer;
let routes: readonly Route[];
let own: FullTenant;
let other: FullTenant;
/** What is the other clinic's alone: its ids, and what its people are called. */
let foreign: string[];
beforeAll(async () => {
  // Without the worker and the relay, so that nothing but the requests changes a row.
  model = await startModel();
  const env = { ...model.env, ROLES: 'api', INTERNAL_TOKEN: 'only-for-the-operators-own-programs-1f9c' };
  live = await startLive({ env });
  routes = live.server.routes;
  [own, other] = [await createFullTenant(live.db), await createFullTenant(live.db)];
  const rows = await tenantRows(other.id);
  const ids = rows.flatMap(({ text }) => text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []);
  foreign = [...new Set([...ids, ...Object.values(other.users).flatMap((user) => [user.email, user.displayName])])];
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
});

/** A token of the clinic's doctor who may everything, in every role. */
async function almighty(tenant: FullTenant, without: readonly string[] = []): Promise<string> {
  const scopes = Object.keys(scopeCatalogue).filter((scope) => !without.includes(scope));
  const { id: userId } = tenant.users.doctor;
  const { id: tenantId, doctorId: practitionerId, patientId } = tenant;
  const subject = { userId, tenantId, roles: [...roles], scopes, patientId, practitionerId };
  return (await testTokens.issueAccess({ ...subject, sessionId: crypto.randomUUID() })).token;
}

function request(route: Route, at: string, token: string | undefined, body?: unknown): Promise<Answered> {
  return call(`${live.url}/api/v1${at}`, route.method.toUpperCase(), { token, ...bodyFor(route, body) });
}

const codeOf = ({ json }: Answered) => (json as { code?: string } | undefined)?.code;
const scopesOf = ({ access }: Route) => (access as { scopes: string[] }).scopes;
const guarded = () => routes.filter(({ access }) => 'scopes' in access);
/** Somewhere, where nothing is. */
const nowhere = ({ path }: Route) => path.replaceAll(/:\w+/g, () => crypto.randomUUID());

/** What changes by itself, or by anybody's asking. */
const restless = ['audit_entry', 'audit_seal', 'audit_unsealed', 'idempotency_record', 'outbox'];

/** All rows of a clinic, as text. */
async function tenantRows(tenantId: string): Promise<{ name: string; text: string }[]> {
  rowsQuery ??= await writeRowsQuery();
  return live.db.sql<{ name: string; text: string }>(rowsQuery, [tenantId]);
}
let rowsQuery: string | undefined;

async function writeRowsQuery(): Promise<string> {
  const tables = await live.db.sql<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> all ($1) order by 1`,
    [restless],
  );
  expect(tables.length).toBeGreaterThan(15);
  const one = ({ name }: { name: string }) =>
    `select '${name}' as name, coalesce(string_agg(t::text, E'\\n' order by t::text), '') as text from "${name}" t where tenant_id = $1`;
  return `${tables.map(one).join(' union all ')} order by 1`;
}

/** What was asked for may be told back, as one's own audit trail does. */
const asked = new Set<string>();

function requireNothingForeign(route: Route, { text }: Answered): void {
  const leaked = foreign.filter((one) => text.includes(one) && !asked.has(one));
  expect({ route: nameOf(route), leaked }).toEqual({ route: nameOf(route), leaked: [] });
}

/** What is wrong with how it is declared. */
function faultsOf({ access, audit }: Route): string[] {
  const declared = access as Access;
  const scopes = 'scopes' in declared ? declared.scopes : undefined;
  const unknown = (scopes ?? []).filter((scope) => !Object.hasOwn(scopeCatalogue, scope));
  const reason = 'public' in declared ? declared.public : 'internal' in declared ? declared.internal : undefined;
  return [
    ...unknown.map((scope) => `needs ${scope}, which nobody can have`),
    ...(scopes?.length === 0 || (!scopes && (reason?.length ?? 0) < 10) ? ['does not say who may come in'] : []),
    ...('none' in audit && audit.none.length < 6 ? ['does not say why it leaves no entry'] : []),
    ...('action' in audit && !/^[a-z]+([-._][a-z]+)*$/.test(audit.action) ? ['has an action of another form'] : []),
  ];
}

describe('every route', () => {
  test('says who may come in and what the audit trail calls it, in words that exist', () => {
    expect(routes.length).toBeGreaterThan(30);
    expect(routes.flatMap((route) => faultsOf(route).map((fault) => `${nameOf(route)} ${fault}`))).toEqual([]);
    const names = routes.map(nameOf);
    expect(names.length).toBe(new Set(names).size);
  });

  test('that changes something, or is about somebody, leaves its mark in the audit trail', () => {
    const silent = routes.filter(({ audit }) => 'none' in audit).map(nameOf);
    const loud = /^(POST|PUT|PATCH|DELETE) |^GET \/(meetings|appointments|patients|admin\/(users|api-keys|audit))/;
    expect(silent.filter((name) => loud.test(name))).toEqual([]);
  });

  test('answers 401 without a token and with one that is none', async () => {
    for (const route of guarded()) {
      for (const token of [undefined, '', 'not.a.token', 'hck_000000000000_none']) {
        const answer = await request(route, nowhere(route), token);
        expect([nameOf(route), answer.status, codeOf(answer)]).toEqual([nameOf(route), 401, 'UNAUTHENTICATED']);
      }
    }
  });

  test('answers 403 to somebody who may everything but what it needs, whatever the rest', async () => {
    for (const route of guarded()) {
      for (const scope of scopesOf(route)) {
        const answer = await request(route, nowhere(route), await almighty(own, [scope]));
        expect([nameOf(route), answer.status, codeOf(answer)]).toEqual([nameOf(route), 403, 'FORBIDDEN']);
      }
    }
  });

  test('that is internal takes no clinic’s token', async () => {
    const internal = routes.filter(({ access }) => 'internal' in access);
    expect(internal.length).toBeGreaterThan(0);
    for (const route of internal) {
      const answer = await request(route, nowhere(route), await almighty(own));
      expect([nameOf(route), answer.status]).toEqual([nameOf(route), 401]);
    }
  });
});

const nobody = 'nobody';

/** The path with ids, each of the clinic that `whose` names for it, or one that nobody has. */
async function fill(route: Route, whose: (name: string) => FullTenant | typeof nobody): Promise<string> {
  let at: string = route.path;
  for (const { name, table } of paramsOf(route.path)) {
    const owner = whose(name);
    const id = owner === nobody ? crypto.randomUUID() : await idIn(live.db, owner, table);
    asked.add(id);
    at = at.replace(`:${name}`, id);
  }
  return at;
}

describe('another clinic’s id', () => {
  test('in a path answers 404 on every route, as one that nobody has; nothing of that clinic is told or changed', async () => {
    const before = await tenantRows(other.id);
    const token = await almighty(own);
    const walked = guarded().filter(({ path }) => path.includes(':'));
    expect(walked.length).toBeGreaterThan(15);
    for (const route of walked) {
      const body = anyBody(route, [own.meetingId]);
      const names = paramsOf(route.path).map(({ name }) => name);
      for (const theirs of names) {
        // In the same place, with one's own in the others: what a path with two ids says must not tell which one is somebody's.
        const asks = async (whose: FullTenant | typeof nobody) =>
          request(route, await fill(route, (name) => (name === theirs ? whose : own)), token, body);
        const [answer, unknown] = [await asks(other), await asks(nobody)];
        expect([nameOf(route), theirs, answer.status]).toEqual([nameOf(route), theirs, 404]);
        expect({ ...(answer.json as object), requestId: '' }).toEqual({ ...(unknown.json as object), requestId: '' });
        requireNothingForeign(route, answer);
      }
    }
    expect(await tenantRows(other.id)).toEqual(before);
  });

  test('is what made the difference: with one’s own the same requests find what they name', async () => {
    for (const route of guarded().filter(({ path }) => path.includes(':'))) {
      const tenant = route.method === 'get' ? own : await createFullTenant(live.db);
      const { status } = await request(
        route,
        await fill(route, () => tenant),
        await almighty(tenant),
        anyBody(route, [tenant.meetingId]),
      );
      expect({ route: nameOf(route), found: status < 500 && ![401, 403, 404].includes(status) }).toEqual({
        route: nameOf(route),
        found: true,
      });
    }
  }, 180_000);

  test('in a body is refused and changes nothing anywhere, where one’s own is taken', async () => {
    const walked = guarded().filter((route) => idFieldsOf(schemaOf(route)).size > 0);
    expect(walked.length).toBeGreaterThan(2);
    for (const route of walked) {
      const tried = new Set<string>();
      let count = 1;
      for (let index = 0; index < count; index += 1) {
        const tenant = await createFullTenant(live.db);
        const ids = await idsFor(tenant);
        const bodies = await bodiesWithIds(route, (table) => ids.get(table) ?? '', tenant);
        count = bodies.length;
        for (const field of await tryForeign(route, tenant, bodies[index] ?? {})) tried.add(field);
        const answer = await request(route, await fill(route, () => tenant), await almighty(tenant), bodies[index]);
        const taken = answer.status < 300 || answer.text;
        expect({ route: nameOf(route), body: index, taken }).toEqual({
          route: nameOf(route),
          body: index,
          taken: true,
        });
      }
      const untried = [...idFieldsOf(schemaOf(route))].filter((field) => !tried.has(field));
      expect({ route: nameOf(route), untried }).toEqual({ route: nameOf(route), untried: [] });
    }
  }, 180_000);

  /** Answers the fields that were tried. */
  async function tryForeign(route: Route, tenant: FullTenant, body: object): Promise<string[]> {
    const before = [await tenantRows(tenant.id), await tenantRows(other.id)];
    const at = await fill(route, () => tenant);
    const fields: string[] = [];
    for (const { field, value } of idsIn(body)) {
      const theirs = await idIn(live.db, other, await tableWith(value));
      asked.add(theirs);
      const spoilt: unknown = JSON.parse(JSON.stringify(body).replaceAll(value, theirs));
      const answer = await request(route, at, await almighty(tenant), spoilt);
      const refused = [404, 422].includes(answer.status) || answer.text;
      expect({ route: nameOf(route), field, refused }).toEqual({ route: nameOf(route), field, refused: true });
      requireNothingForeign(route, answer);
      expect([await tenantRows(tenant.id), await tenantRows(other.id)]).toEqual(before);
      fields.push(field);
    }
    return fields;
  }

  test('in a query finds nothing', async () => {
    const token = await almighty(own);
    for (const route of guarded().filter(({ query }) => query !== undefined)) {
      for (const field of idFieldsOf(schemaOf({ ...route, body: route.query as z.ZodType }))) {
        const theirs = await idIn(live.db, other, tableOf(field, nameOf(route)));
        asked.add(theirs);
        const at = await fill(route, () => own);
        const answer = await request(route, `${at}?${field}=${theirs}`, token);
        expect({ route: nameOf(route), field, failed: answer.status >= 500 }).toMatchObject({ failed: false });
        requireNothingForeign(route, answer);
      }
    }
  });

  test('is never needed to see another clinic: no list shows anything of it', async () => {
    const token = await almighty(own);
    const lists = guarded().filter(({ method, path }) => method === 'get' && !path.includes(':'));
    expect(lists.length).toBeGreaterThan(8);
    for (const route of lists) requireNothingForeign(route, await request(route, route.path, token));
  });
});

/** The clinics' tables whose rows have ids. */
async function tablesWithIds(): Promise<string[]> {
  const rows = await live.db.sql<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'audit_entry' and 2 = (
       select count(*) from pg_attribute a where a.attrelid = c.oid and a.attname in ('id', 'tenant_id') and a.atttypid = 'uuid'::regtype)`,
  );
  return rows.map(({ name }) => name).filter((name) => !restless.includes(name));
}

async function idsFor(tenant: FullTenant): Promise<Map<string, string>> {
  const tables = await tablesWithIds();
  return new Map(await Promise.all(tables.map(async (name) => [name, await idIn(live.db, tenant, name)] as const)));
}

/** The ids in a body, each with the name of its field. */
function idsIn(value: unknown, field = ''): { field: string; value: string }[] {
  if (typeof value === 'string') return uuid.test(value) ? [{ field, value }] : [];
  if (Array.isArray(value)) return value.flatMap((one) => idsIn(one, field));
  return Object.entries(value ?? {}).flatMap(([name, one]) => idsIn(one, name));
}
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The table that has a row with this id. */
async function tableWith(id: string): Promise<string> {
  for (const name of await tablesWithIds()) {
    const [row] = await live.db.sql(`select 1 from "${name}" where id = $1`, [id]);
    if (row) return name;
  }
  throw new Error('A body in tests/support/doors/bodies.ts names something that is not there.');
}
