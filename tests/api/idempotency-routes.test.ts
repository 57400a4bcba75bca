/** Every write of the running server, sent twice under one key: carried out once, and answered alike. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scopeCatalogue } from '../../src/identity/auth/scopes.ts';
import { roles } from '../../src/platform/actor.ts';
import { takesKey } from '../../src/platform/http/idempotency.ts';
import type { Route } from '../../src/platform/http/route.ts';
import { anyBody, carriedOut, idFieldsOf, nameOf, schemaOf } from '../support/doors/bodies.ts';
import { bodyFor } from '../support/doors/form.ts';
import { idIn, paramsOf } from '../support/doors/ids.ts';
import { madeReady } from '../support/doors/ready.ts';
import { createFullTenant, type FullTenant } from '../support/every-row.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { type ModelServer, startModel } from '../support/model-server.ts';
import type { Description } from '../support/openapi.ts';
import { type Answered, call } from '../support/serve-app.ts';
import { testPassword, testTokens } from '../support/tenant.ts';

let live: LiveServer;
let model: ModelServer;
let description: Description;
beforeAll(async () => {
  model = await startModel();
  live = await startLive({ env: { ...model.env, ROLES: 'api', SMTP_URL: 'smtp://127.0.0.1:1' } });
  description = (await call(`${live.url}/api/v1/openapi.json`, 'GET')).json as Description;
});
afterAll(async () => {
  await live[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
});

/** Need a state or a secret that neither every-row.ts nor doors/ready.ts makes: refused twice alike, and nothing kept. */
const unready = new Set([
  'POST /auth/mfa/totp/confirm',
  'DELETE /auth/mfa/totp',
  'POST /auth/mfa/recovery-codes',
  'POST /admin/users/:id/external-identities',
  'DELETE /admin/roles/:id',
  'POST /meetings/:id/end',
  'POST /uploads/:id/link',
  'POST /chat/actions/:id/confirm',
  'POST /chat/actions/:id/decline',
  'POST /appointments/:id/decline',
  'POST /appointments/:id/arrive',
  'POST /appointments/:id/fulfil',
  'POST /appointments/:id/no-show',
]);

async function almighty(tenant: FullTenant): Promise<string> {
  const { id: tenantId, users, doctorId: practitionerId, patientId } = tenant;
  const scopes = Object.keys(scopeCatalogue);
  const subject = { userId: users.doctor.id, tenantId, roles: [...roles], scopes, practitionerId, patientId };
  return (await testTokens.issueAccess({ ...subject, sessionId: crypto.randomUUID() })).token;
}

/** Bodies that it may carry out, with ids of the clinic's own. */
async function bodiesFor(route: Route, tenant: FullTenant): Promise<unknown[]> {
  const make = carriedOut[nameOf(route)];
  if (!make) return [exampleFor(route) ?? anyBody(route, [tenant.doctorId])];
  const ids = new Map<string, string>();
  for (const table of tables(route)) ids.set(table, await idIn(live.db, tenant, table));
  return make((table) => ids.get(table) ?? '', tenant);
}

/** The description's own, with the password that the accounts of tests have. */
function exampleFor({ method, path }: Route): unknown {
  const described = description.paths[`/api/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`]?.[method];
  const example = described?.requestBody?.content['application/json']?.example;
  if (typeof example !== 'object' || example === null) return example;
  const own = Object.keys(example).filter((field) => /^(currentPassword|password)$/.test(field));
  return { ...example, ...Object.fromEntries(own.map((field) => [field, testPassword])) };
}

const tables = (route: Route): string[] =>
  idFieldsOf(schemaOf(route)).size === 0
    ? []
    : [
        'app_user',
        'appointment',
        'availability_exception',
        'availability_rule',
        'chat_conversation',
        'clinic_role',
        'location',
        'meeting',
        'patient',
        'practitioner',
        'room',
        'service',
      ];

async function sendTwice(route: Route): Promise<[Answered, Answered]> {
  const tenant = await createFullTenant(live.db);
  const token = await almighty(tenant);
  let path = route.path as string;
  for (const { name, table } of paramsOf(route.path))
    path = path.replace(`:${name}`, await idIn(live.db, tenant, table));
  const ready = await madeReady[nameOf(route)]?.(tenant, { url: live.url, token });
  const [body] = ready === undefined ? await bodiesFor(route, tenant) : [ready];
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const send = () =>
    call(`${live.url}/api/v1${path}`, route.method.toUpperCase(), {
      token,
      headers,
      ...bodyFor(route, body),
    });
  return [await send(), await send()];
}

test('every write answers the same request under the same key as it did', async () => {
  const faults: string[] = [];
  const notDone: string[] = [];
  const writes = live.server.routes.filter(takesKey);
  for (const route of writes) {
    const [first, second] = await sendTwice(route);
    const replayed = second.headers.get('idempotency-replayed') === 'true';
    const name = nameOf(route);
    if (first.status >= 300) {
      notDone.push(`${name} ${first.status} ${(first.json as { code?: string } | undefined)?.code}`);
      if (replayed) faults.push(`${name} keeps a refusal`);
    } else if (!replayed || second.status !== first.status || second.text !== first.text) {
      faults.push(
        `${name} answered ${first.status}, then ${second.status}${replayed ? ' from what was kept' : ' anew'}`,
      );
    }
  }
  expect(faults).toEqual([]);
  const unexpected = notDone.filter((one) => !unready.has(one.split(' ').slice(0, 2).join(' ')));
  expect(unexpected).toEqual([]);
  expect(writes.length).toBeGreaterThan(40);
}, 180_000);
