import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ApiKeyVerifier } from '../../src/identity/index.ts';
import { createRateLimits } from '../../src/platform/http/rate-limit.ts';
import { type IdentityApp, serveIdentity } from '../support/identity-app.ts';
import { memoryLogger } from '../support/serve-app.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

let app: IdentityApp;
let clinic: TestTenant;
let token: string;
beforeAll(async () => {
  app = await serveIdentity();
});
beforeEach(async () => {
  clinic = await createTenant(app.db);
  token = await clinic.token('admin');
});
afterAll(async () => app[Symbol.asyncDispose]());

interface Key {
  id: string;
  key: string;
  prefix: string;
  lastUsedAt: string | null;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const fields = (change: object = {}) => ({ name: 'Voice', scopes: ['tenant:read'], expiresAt: inDays(30), ...change });
const keys = (method: string, path = '', body?: unknown, as = token) =>
  app.call(method, `/admin/api-keys${path}`, { token: as, ...(body !== undefined && { body }) });
const made = async (change: object = {}) => (await keys('POST', '', fields(change))).json as Key;
const use = (key: string, path = '/admin/tenant', method = 'GET') =>
  app.call(method, path, { headers: { 'x-api-key': key } });
const row = async (id: string) => (await app.db.sql('select * from api_key where id = $1', [id]))[0] ?? {};

describe('a key', () => {
  test('is told once, and kept only as a hash', async () => {
    const { status, json } = await keys('POST', '', fields({ scopes: ['users:read', 'tenant:read', 'users:read'] }));
    expect(status).toBe(201);
    const { id, key, prefix } = json as Key;
    expect(json).toMatchObject({ scopes: ['tenant:read', 'users:read'], lastUsedAt: null, revokedAt: null });
    expect(key).toMatch(/^hck_[a-z0-9]{12}_[\w-]{43}$/);
    expect(key.startsWith(`${prefix}_`)).toBe(true);
    const secret = key.slice(prefix.length + 1);
    const list = await keys('GET');
    expect(list.json).toMatchObject({ items: [{ id, prefix }], nextCursor: null });
    const everything = await app.db.sql(
      `select k::text || (select coalesce(string_agg(e::text, ''), '') from audit_trail e)
      || encode(k.hash, 'escape') as text from api_key k where id = $1`,
      [id],
    );
    for (const text of [list.text, JSON.stringify(everything), app.logText()]) expect(text).not.toContain(secret);
  });

  test('lets its service in by X-API-Key and as a bearer, to its own clinic, with its scopes and no others', async () => {
    const { key } = await made();
    expect((await use(key)).json).toMatchObject({ id: clinic.id });
    expect((await app.call('GET', '/admin/tenant', { token: key })).json).toMatchObject({ id: clinic.id });
    for (const path of ['/admin/users', '/auth/me', '/auth/sessions']) expect((await use(key, path)).status).toBe(403);
  });

  test.each([
    ['cut short', (key: string) => key.slice(0, -1)],
    ['with another secret', (key: string) => key.slice(0, -43) + 'A'.repeat(43)],
    ['with another prefix', (key: string) => key.replace(/^hck_.{12}/, 'hck_000000000000')],
    ['in capitals', (key: string) => key.toUpperCase()],
    ['with blanks inside', (key: string) => key.replace('_', ' ')],
    ['that is empty', () => ''],
    ['that is an access token', () => token],
    ['with a quote in it', (key: string) => `${key.slice(0, 10)}' or 1=1 --`],
  ])('%s is refused, in the same words as any', async (_what, change) => {
    const { key } = await made();
    const { status, json } = await use(change(key));
    expect({ status, json }).toMatchObject({
      status: 401,
      json: { code: 'UNAUTHENTICATED', detail: 'The API key is not valid.' },
    });
    expect((await use(key)).status).toBe(200);
  });

  test('together with a token is refused, whichever is good', async () => {
    const { key } = await made();
    const both = await app.call('GET', '/admin/tenant', { token, headers: { 'x-api-key': key } });
    expect(both.status).toBe(401);
  });

  test('that was revoked is out at once here, revoking it again is no fault, and it stays in the list', async () => {
    const { id, key } = await made();
    expect((await use(key)).status).toBe(200);
    expect((await keys('DELETE', `/${id}`)).status).toBe(204);
    expect((await use(key)).status).toBe(401);
    const { revoked_at: first } = await row(id);
    expect((await keys('DELETE', `/${id}`)).status).toBe(204);
    expect(await row(id)).toMatchObject({ revoked_at: first, revoked_by: clinic.users.admin.id });
    expect((await keys('GET')).json).toMatchObject({ items: [{ id, revokedAt: expect.any(String) }] });
    expect((await keys('DELETE', `/${crypto.randomUUID()}`)).status).toBe(404);
  });

  test('that has run out is refused, remembered or not', async () => {
    const { id, key } = await made();
    await app.db.sql(`update api_key set created_at = now() - interval '2 days', expires_at = now() where id = $1`, [
      id,
    ]);
    expect((await use(key)).status).toBe(401);
  });

  test('of one clinic finds nothing of another', async () => {
    const other = await createTenant(app.db);
    const foreign = (await keys('POST', '', fields(), await other.token('admin'))).json as Key;
    expect((await keys('DELETE', `/${foreign.id}`)).status).toBe(404);
    expect((await use(foreign.key)).json).toMatchObject({ id: other.id });
  });

  test('shows when it was used, written down once a minute', async () => {
    const { id, key } = await made();
    await Promise.all(Array.from({ length: 20 }, () => use(key)));
    const { last_used_at: first } = await until('the use is written', async () => {
      const found = await row(id);
      return found['last_used_at'] ? found : undefined;
    });
    await use(key);
    expect(await row(id)).toMatchObject({ last_used_at: first });
    expect((await keys('GET')).json).toMatchObject({ items: [{ id, lastUsedAt: expect.any(String) }] });
  });
});

describe('making a key', () => {
  test.each([
    [{ scopes: ['everything'] }, 'scopes.0'],
    [{ scopes: ['tenant:read', 'profile:read'] }, 'scopes.1'],
    [{ scopes: ['meetings:join'] }, 'scopes.0'],
    [{ scopes: ['api-keys:write'] }, 'scopes.0'],
    [{ scopes: ['users:write'] }, 'scopes.0'],
    [{ scopes: [] }, 'scopes'],
    [{ name: ' ' }, 'name'],
    [{ expiresAt: undefined }, 'expiresAt'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    [{ expiresAt: '2120-01-01T00:00:00Z' }, 'expiresAt'],
    [{ prefix: 'mine' }, ''],
  ])('with %j is refused at %j', async (change, path) => {
    const { status, json } = await keys('POST', '', fields(change));
    expect(status).toBe(422);
    expect((json as { errors: { path: string }[] }).errors.map((one) => one.path)).toContain(path);
    expect(await app.db.sql('select 1 from api_key where tenant_id = $1', [clinic.id])).toEqual([]);
  });

  test('gives no scope that its maker lacks', async () => {
    const role = { key: 'key-keeper', name: 'Key keeper', scopes: ['api-keys:write', 'slots:read'] };
    const { id } = (await app.call('POST', '/admin/roles', { token, body: role })).json as Key;
    await app.call('PATCH', `/admin/users/${clinic.users.lab.id}`, { token, body: { clinicRoleIds: [id] } });
    const login = { email: clinic.users.lab.email, password: 'Test-Password-1', tenant: clinic.slug };
    const { accessToken } = (await app.call('POST', '/auth/login', { body: login })).json as { accessToken: string };
    expect((await keys('POST', '', fields({ scopes: ['slots:read'] }), accessToken)).status).toBe(201);
    expect((await keys('POST', '', fields({ scopes: ['audit:read'] }), accessToken)).status).toBe(403);
  });

  test('is listed in pages, the newest first', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift((await made({ name: `Key ${n}` })).id);
    const first = (await keys('GET', '?limit=3')).json as { items: Key[]; nextCursor: string };
    const second = (await keys('GET', `?limit=3&cursor=${first.nextCursor}`)).json as {
      items: Key[];
      nextCursor: null;
    };
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
  });
});

describe('a node that remembers a key', () => {
  test('takes it for seconds after it was revoked elsewhere, and no longer', async () => {
    const { id, key } = await made();
    let now = Date.now();
    const clock = { now: () => new Date(now) };
    const verifier = new ApiKeyVerifier({ database: app.db.database, logger: memoryLogger().logger, clock });
    await verifier.verify(key);
    await app.db.sql('update api_key set revoked_at = now() where id = $1', [id]);
    now += 4_000;
    await expect(verifier.verify(key)).resolves.toMatchObject({ kind: 'service', userId: id, roles: [] });
    now += 2_000;
    await expect(verifier.verify(key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await verifier.close();
  });

  test('does not remember what it was looking up while one was revoked here', async () => {
    const { id, key } = await made();
    const verifier = new ApiKeyVerifier({ database: app.db.database, logger: memoryLogger().logger });
    const underWay = verifier.verify(key);
    verifier.forget();
    await app.db.sql('update api_key set revoked_at = now() where id = $1', [id]);
    await underWay.catch(() => undefined);
    await expect(verifier.verify(key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await verifier.close();
  });
});

test('whoever tries one key after another has to wait, and the right one waits with them', async () => {
  const limits = createRateLimits({ refused: { name: 'credentials', quota: 3, window: 300 } });
  await using strict = await serveIdentity({}, { limits });
  const tenant = await createTenant(strict.db);
  const made = await strict.call('POST', '/admin/api-keys', { token: await tenant.token('admin'), body: fields() });
  const { key } = made.json as Key;
  const attempt = (text: string) => strict.call('GET', '/admin/tenant', { headers: { 'x-api-key': text } });
  expect((await attempt(key)).status).toBe(200);
  for (let tries = 0; tries < 3; tries += 1) expect((await attempt(`${key.slice(0, -1)}!`)).status).toBe(401);
  const refused = await attempt(key);
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
  // Nobody guesses a signed token, so people do not wait.
  const person = await strict.call('GET', '/admin/tenant', { token: await tenant.token('admin') });
  expect(person.status).toBe(200);
});
