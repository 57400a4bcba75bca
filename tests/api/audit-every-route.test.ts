/**
 * Every route of the table leaves what it declares: one entry, whether it succeeds or is refused, or none. Whoever adds a
 * route adds, if nothing here succeeds with it yet, one use of it to tests/support/audit-uses.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { scopeCatalogue } from '../../src/identity/auth/scopes.ts';
import type { Route } from '../../src/platform/http/route.ts';
import { portalOfUses, type Use, usesOf, usualUse } from '../support/audit-uses.ts';
import { createFullTenant } from '../support/every-row.ts';
import type { JsonSchema } from '../support/fuzz/json-schema.ts';
import { createRestClient } from '../support/fuzz/rest-client.ts';
import { operationsOf, type RestAims, restShot } from '../support/fuzz/rest-shots.ts';
import { fuzzSeed } from '../support/fuzz/seed.ts';
import { unknownId } from '../support/live.ts';
import { type Mailing, startMailing } from '../support/mailing.ts';
import { type ModelServer, startModel } from '../support/model-server.ts';
import { type RazorpayServer, startRazorpay } from '../support/razorpay.ts';
import { type Answered, call } from '../support/serve-app.ts';
import { type TestTenant, testTokens } from '../support/tenant.ts';
import { type TrailEntry, trailOf } from '../support/trail.ts';

let live: Mailing;
let razorpay: RazorpayServer;
let model: ModelServer;
let clinic: TestTenant;
beforeAll(async () => {
  const slug = 'audited';
  const trusted = { issuer: portalOfUses, audience: 'housecall', jwksUri: `${portalOfUses}/jwks`, tenant: slug };
  razorpay = await startRazorpay();
  model = await startModel();
  live = await startMailing({ env: { ...razorpay.env, ...model.env, TRUSTED_ISSUERS: JSON.stringify([trusted]) } });
  clinic = await live.tenant({ slug });
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  await razorpay[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
});

const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;
/** With scopes: whoever calls is known, and so is the clinic. */
const closed = () => live.server.routes.filter(({ access }) => 'scopes' in access);

let count = 0;
async function ask(route: Route, token: string, options: { path?: string; body?: unknown } = {}) {
  count += 1;
  const requestId = `walk-${String(count).padStart(6, '0')}`;
  const path = options.path ?? route.path.replaceAll(/:\w+/g, unknownId());
  const answer = await call(`${live.url}/api/v1${path}`, route.method.toUpperCase(), {
    token,
    headers: { 'x-request-id': requestId },
    ...('body' in options && { body: options.body }),
  });
  return { answer, entries: await trailOf(live.db, clinic.id, requestId) };
}

/** What must be in the trail for this answer. */
function expected({ audit }: Route, { status, json }: Pick<Answered, 'status' | 'json'>): Partial<TrailEntry>[] {
  if ('none' in audit || status === 429) return [];
  const result = status < 400 ? 'success' : status < 500 ? 'refused' : 'failed';
  const code = status < 400 ? null : (json as { code: string }).code;
  return [{ action: audit.action, purpose: audit.purpose ?? 'TREAT', result, code }];
}

async function tokenWith(scopes: readonly string[]): Promise<string> {
  const { id: userId } = clinic.users.admin;
  const person = { tenantId: clinic.id, userId, roles: ['admin'] as const, patientId: null, practitionerId: null };
  return (await testTokens.issueAccess({ ...person, scopes: [...scopes], sessionId: unknownId() })).token;
}

describe('every route with scopes', () => {
  it('leaves one refusal, or none where it declares so, when a scope is missing', async () => {
    const token = await tokenWith(['session:refresh']);
    expect(closed().length).toBeGreaterThan(40);
    for (const route of closed()) {
      const { answer, entries } = await ask(route, token);
      const isAudited = !('none' in route.audit);
      const refusal = { ...expected(route, answer)[0], actor_id: clinic.users.admin.id, actor_kind: 'person' };
      const due = { route: nameOf(route), status: 403, entries: isAudited ? [refusal] : [] };
      expect({ ...due, status: isAudited ? answer.status : 403, entries }).toMatchObject(due);
      expect(entries).toHaveLength(due.entries.length);
    }
  });

  it('leaves one refusal for what is not there or not valid, with the id that was asked for', async () => {
    const token = await tokenWith(Object.keys(scopeCatalogue));
    for (const route of closed()) {
      if (route.method === 'get' && !route.path.includes(':')) continue;
      const id = unknownId();
      const path = route.path.replaceAll(/:\w+/g, id);
      const { answer, entries } = await ask(route, token, { path, ...(route.body && { body: { unknown: 1 } }) });
      expect({ route: nameOf(route), entries }).toMatchObject({
        route: nameOf(route),
        entries: expected(route, answer),
      });
      expect(entries).toHaveLength('none' in route.audit ? 0 : 1);
      if (entries[0]?.result !== 'refused' || !route.path.includes(':')) continue;
      const named = [
        entries[0].entity_id,
        ...Object.values((entries[0].detail?.['asked'] as object | undefined) ?? {}),
      ];
      expect({ route: nameOf(route), named }).toEqual({ route: nameOf(route), named: expect.arrayContaining([id]) });
    }
  });

  it('leaves nothing, but a line in the log, of somebody who is nobody', async () => {
    const before = await live.db.sql('select count(*)::int as n from audit_trail');
    for (const route of closed()) {
      const path = route.path.replaceAll(/:\w+/g, unknownId());
      const answer = await call(`${live.url}/api/v1${path}`, route.method.toUpperCase(), { token: 'not.a.token' });
      expect({ route: nameOf(route), status: answer.status }).toEqual({ route: nameOf(route), status: 401 });
    }
    expect(await live.db.sql('select count(*)::int as n from audit_trail')).toEqual(before);
  });
});

describe('every route', () => {
  it('leaves one entry of each success', async () => {
    const succeeded = new Set<string>();
    const tryOut = async (tenant: TestTenant, use: Use) => {
      const route = live.server.routes.find((one) => nameOf(one) === use.route);
      if (!route) throw new Error(`There is no route ${use.route}.`);
      count += 1;
      const requestId = `used-${String(count).padStart(6, '0')}`;
      const answer = await use.send(requestId);
      await live.server.quiet();
      const entries = await trailOf(live.db, tenant.id, requestId);
      const seen = { route: use.route, status: answer.status, entries };
      expect(seen).toMatchObject({ route: use.route, entries: expected(route, answer) });
      expect({ ...seen, count: entries.length }).toMatchObject({ count: 'none' in route.audit ? 0 : 1 });
      if (answer.status < 400) succeeded.add(use.route);
      return answer;
    };
    for await (const use of usesOf(live, clinic, { razorpay, model })) {
      const { status, text } = await tryOut(clinic, use);
      expect({ route: use.route, refusal: status < 400 ? '' : text }).toEqual({ route: use.route, refusal: '' });
    }
    // What needs no more than a clinic with a row of everything.
    for (const route of closed()) {
      if ('none' in route.audit || succeeded.has(nameOf(route))) continue;
      const full = await createFullTenant(live.db);
      for (const person of ['admin', 'doctor', 'patient'] as const) {
        if (succeeded.has(nameOf(route))) break;
        await tryOut(full, await usualUse(live, full, route, person));
      }
    }
    const missing = live.server.routes.filter((route) => !('none' in route.audit) && !succeeded.has(nameOf(route)));
    expect(missing.map(nameOf)).toEqual([]);
  }, 90_000);

  it('leaves what it declares whatever is thrown at it', async () => {
    const aims = await aim();
    const seed = fuzzSeed();
    const shots = fc.sample(restShot(aims), { numRuns: 1_000, seed });
    using client = createRestClient(live.url, 4);
    const answered: { requestId: string; route: Route; target: string; status: number; json: unknown }[] = [];
    for (const [index, shot] of shots.entries()) {
      const { operation, headers, target } = shot;
      const route = operation && live.server.routes.find((one) => nameOf(one) === routeNameOf(operation));
      if (!route || !reachesItsRoute(target)) continue;
      const requestId = `shot-${String(index).padStart(6, '0')}`;
      const own = { 'x-request-id': requestId, 'accept-encoding': 'identity', ...(await signedIn(headers)) };
      const answer = await client.send({ ...shot, headers: { ...headers, ...own } });
      if (answer === 'lost') continue;
      const { status } = answer;
      const isProblem = answer.headers['content-type']?.startsWith('application/problem+json') ?? false;
      // Refused by Node itself, which knows no routes.
      if (status >= 400 && !isProblem) continue;
      answered.push({ requestId, route, target, status, json: isProblem ? JSON.parse(answer.body.toString()) : null });
    }
    const rows = await live.db.sql<TrailEntry>(`select * from audit_trail where request_id like 'shot-%'`);
    const byRequest = Map.groupBy(rows, (row) => row.request_id);
    for (const { requestId, route, ...answer } of answered) {
      const entries = byRequest.get(requestId) ?? [];
      const place = { seed, route: nameOf(route), target: answer.target, status: answer.status };
      // Who calls a public route is known or not; then there is an entry in their clinic, or none.
      const isUnknown = 'scopes' in route.access ? answer.status === 401 : entries.length === 0;
      const due = isUnknown ? [] : expected(route, answer);
      expect({ ...place, entries }).toMatchObject({ ...place, entries: due });
      expect({ ...place, count: entries.length }).toEqual({ ...place, count: due.length });
    }
    const kinds = new Set(answered.map(({ route, status }) => `${nameOf(route)} ${status}`));
    expect(kinds.size).toBeGreaterThan(100);
  }, 120_000);
});

const routeNameOf = ({ method, path }: { method: string; path: string }) =>
  `${method} ${path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')}`;

/** What Express cannot decode reaches no route, and with nothing for an id another one. */
function reachesItsRoute(target: string): boolean {
  const path = target.split('?')[0] ?? '';
  try {
    decodeURIComponent(path);
    return !path.includes('//') && !path.endsWith('/');
  } catch {
    return false;
  }
}

const people = ['doctor', 'patient', 'staff', 'admin'] as const;

/** With a token of this moment: some of what is thrown signs its sender out everywhere. */
async function signedIn({ authorization }: Record<string, string>): Promise<Record<string, string>> {
  const person = people.find((one) => one === authorization);
  return person ? { authorization: `Bearer ${await clinic.token(person)}` } : {};
}

async function aim(): Promise<RestAims> {
  const { json } = await call(`${live.url}/api/v1/openapi.json`, 'GET');
  const description = json as { components: { schemas: Record<string, JsonSchema> } };
  const meeting = await live.meeting(clinic);
  return {
    operations: operationsOf(json),
    components: description.components.schemas,
    ids: [meeting.id, clinic.doctorId, clinic.patientId],
    credentials: ['', ...people],
    bodies: {},
  };
}
