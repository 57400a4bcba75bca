import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type IdentityApp, serveIdentity } from '../support/identity-app.ts';
import { createTenant, type TestTenant, testPassword } from '../support/tenant.ts';

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

interface Role {
  id: string;
  key: string;
  scopes: string[];
  users: number;
}
interface Roles {
  builtIn: { key: string; scopes: string[] }[];
  items: Role[];
  scopes: { scope: string; description: string; personal: boolean }[];
}

const nurse = { key: 'triage-nurse', name: 'Triage nurse', scopes: ['notes:read', 'appointments:read'] };
const roles = (method: string, path = '', body?: unknown, as = token) =>
  app.call(method, `/admin/roles${path}`, { token: as, ...(body !== undefined && { body }) });
const give = (userId: string, clinicRoleIds: string[]) =>
  app.call('PATCH', `/admin/users/${userId}`, { token, body: { clinicRoleIds } });
const scopesAfterSignIn = async () => {
  const { email } = clinic.users.lab;
  const { json } = await app.call('POST', '/auth/login', {
    body: { email, password: testPassword, tenant: clinic.slug },
  });
  const { user, accessToken } = json as { user: { scopes: string[] }; accessToken: string };
  const me = await app.call('GET', '/auth/me', { token: accessToken });
  expect(me.json).toEqual(user);
  return { ...user, accessToken };
};

test('the list has the built-in roles, every scope with its words, and the clinic’s own roles by name', async () => {
  await roles('POST', '', nurse);
  const { status, json } = await roles('GET');
  expect(status).toBe(200);
  const { builtIn, items, scopes } = json as Roles;
  expect(builtIn.map(({ key }) => key)).toEqual(['patient', 'doctor', 'lab', 'staff', 'admin']);
  const known = new Set(scopes.map(({ scope }) => scope));
  expect(known.size).toBeGreaterThan(30);
  for (const one of builtIn) expect(one.scopes.filter((scope) => !known.has(scope))).toEqual([]);
  expect(items).toEqual([
    { ...nurse, id: expect.any(String), description: '', scopes: nurse.scopes.toSorted(), users: 0 },
  ]);
});

test('somebody who has a role of the clinic’s own has its scopes besides, in the token too', async () => {
  const before = await scopesAfterSignIn();
  expect(before.scopes).not.toContain('tenant:read');
  const { id } = (await roles('POST', '', { ...nurse, scopes: ['tenant:read'] })).json as Role;
  expect((await give(clinic.users.lab.id, [id])).json).toMatchObject({
    clinicRoles: [{ id, key: 'triage-nurse', name: 'Triage nurse' }],
  });
  const after = await scopesAfterSignIn();
  expect(after).toMatchObject({ clinicRoles: [{ key: 'triage-nurse', name: 'Triage nurse' }] });
  expect(after.scopes).toEqual([...before.scopes, 'tenant:read'].toSorted());
  expect((await app.call('GET', '/admin/tenant', { token: after.accessToken })).status).toBe(200);
  expect((await app.call('GET', '/admin/tenant', { token: before.accessToken })).status).toBe(401);
});

test('a role that loses a scope outdates the tokens of whoever has it; one that gains does not', async () => {
  const { id } = (await roles('POST', '', nurse)).json as Role;
  await give(clinic.users.lab.id, [id]);
  const outdated = async () =>
    (await app.db.sql(`select 1 from revocation where subject_id = $1 and kind = 'access'`, [clinic.users.lab.id]))
      .length;
  const before = await outdated();
  await roles('PATCH', `/${id}`, { scopes: [...nurse.scopes, 'slots:read'] });
  expect(await outdated()).toBe(before);
  expect((await roles('PATCH', `/${id}`, { scopes: ['slots:read'] })).json).toMatchObject({ scopes: ['slots:read'] });
  expect(await outdated()).toBe(before + 1);
  expect((await scopesAfterSignIn()).scopes).not.toContain('notes:read');
});

test.each([
  [{ key: 'admin' }, 'key'],
  [{ key: 'Has Space' }, 'key'],
  [{ name: '' }, 'name'],
  [{ scopes: [] }, 'scopes'],
  [{ scopes: ['slots:read', 'everything'] }, 'scopes.1'],
  [{ color: 'red' }, ''],
])('a role with %j is refused at %j', async (fields, path) => {
  const { status, json } = await roles('POST', '', { ...nurse, ...fields });
  expect(status).toBe(422);
  expect((json as { errors: { path: string }[] }).errors.map((one) => one.path)).toContain(path);
});

test('a key is a clinic’s once', async () => {
  expect((await roles('POST', '', nurse)).status).toBe(201);
  expect((await roles('POST', '', nurse)).json).toMatchObject({ code: 'ALREADY_EXISTS' });
  const other = await createTenant(app.db);
  expect((await roles('POST', '', nurse, await other.token('admin'))).status).toBe(201);
});

test('a role that somebody has stays, one that nobody has goes', async () => {
  const { id } = (await roles('POST', '', nurse)).json as Role;
  await give(clinic.users.lab.id, [id]);
  expect((await roles('DELETE', `/${id}`)).json).toMatchObject({ code: 'CONFLICT' });
  expect(((await roles('GET')).json as Roles).items).toMatchObject([{ id, users: 1 }]);
  await give(clinic.users.lab.id, []);
  expect((await roles('DELETE', `/${id}`)).status).toBe(204);
  expect((await roles('DELETE', `/${id}`)).status).toBe(404);
});

test('nobody makes a role with more than they hold, nor touches one; what reaches only one’s own record may be given', async () => {
  const { id } = (await roles('POST', '', { ...nurse, key: 'keeper', scopes: ['roles:read', 'roles:write'] }))
    .json as Role;
  const { id: strong } = (await roles('POST', '', { ...nurse, key: 'auditor', scopes: ['audit:read'] })).json as Role;
  await give(clinic.users.lab.id, [id]);
  const { accessToken } = await scopesAfterSignIn();
  expect((await roles('POST', '', { ...nurse, scopes: ['users:write'] }, accessToken)).status).toBe(403);
  expect((await roles('PATCH', `/${id}`, { scopes: ['roles:write', 'users:write'] }, accessToken)).status).toBe(403);
  expect((await roles('PATCH', `/${strong}`, { scopes: ['roles:read'] }, accessToken)).status).toBe(403);
  expect((await roles('PATCH', `/${strong}`, { name: 'Mine' }, accessToken)).status).toBe(403);
  expect((await roles('DELETE', `/${strong}`, undefined, accessToken)).status).toBe(403);
  const own = { ...nurse, scopes: ['roles:read', 'meetings:join', 'availability:write'] };
  expect((await roles('POST', '', own, accessToken)).status).toBe(201);
});
