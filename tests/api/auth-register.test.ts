import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SignedIn } from '../../src/identity/auth/schema.ts';
import { type IdentityApp, serveIdentity } from '../support/identity-app.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

let app: IdentityApp;
let clinic: TestTenant;
beforeAll(async () => {
  app = await serveIdentity();
  clinic = await createTenant(app.db);
});
afterAll(async () => app[Symbol.asyncDispose]());

const valid = () => ({
  tenant: clinic.slug,
  email: `new-${crypto.randomUUID()}@test.example`,
  password: 'Long-Enough-1',
  displayName: ' Ana Ng ',
});
const register = (body: Record<string, unknown>) => app.call('POST', '/auth/register', { body });

const patients = async () =>
  (await app.db.sql<{ n: number }>('select count(*)::int as n from patient where tenant_id = $1', [clinic.id]))[0]?.n;

test('whoever registers is a patient with a record of their own, and signed in', async () => {
  const input = valid();
  const { status, json } = await register(input);
  expect(status).toBe(201);
  const { user, accessToken } = json as SignedIn;
  expect(user).toMatchObject({
    email: input.email,
    displayName: 'Ana Ng',
    tenantId: clinic.id,
    roles: ['patient'],
    practitionerId: null,
  });
  const patient = await clinic.db.run((tx) => tx.patient.findUnique({ where: { id: user.patientId ?? '' } }));
  expect(patient).toMatchObject({ name: 'Ana Ng', tenantId: clinic.id });
  expect((await app.call('GET', '/auth/me', { token: accessToken })).json).toEqual(user);
  expect(
    (await app.call('POST', '/auth/login', { body: { email: input.email, password: input.password } })).status,
  ).toBe(200);
});

test('the password is kept as a bcrypt hash and nowhere else', async () => {
  const input = valid();
  await register(input);
  const [row] = await app.db.sql<{ password_hash: string }>('select password_hash from app_user where email = $1', [
    input.email,
  ]);
  expect(row?.password_hash).toMatch(/^\$2b\$04\$/);
  expect(app.logText()).not.toContain(input.password);
  expect(app.logText()).not.toContain(input.email);
});

test('an e-mail address that the clinic has is refused, in any case, and leaves no record behind', async () => {
  const input = valid();
  expect((await register(input)).status).toBe(201);
  const before = await patients();
  const again = await register({ ...input, email: input.email.toUpperCase() });
  expect(again.status).toBe(409);
  expect(again.json).toMatchObject({ code: 'ALREADY_EXISTS' });
  expect(again.text.toLowerCase()).not.toContain(input.email);
  expect(await patients()).toBe(before);
});

test('two registrations at once give one account', async () => {
  const input = valid();
  const statuses = (await Promise.all([register(input), register(input), register(input)])).map(
    (answer) => answer.status,
  );
  expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  const rows = await app.db.sql('select 1 from app_user where email = $1', [input.email]);
  expect(rows).toHaveLength(1);
});

test('the same e-mail address in another clinic is another account', async () => {
  const input = valid();
  const other = await createTenant(app.db);
  expect((await register(input)).status).toBe(201);
  expect((await register({ ...input, tenant: other.slug })).status).toBe(201);
});

test('an unknown clinic is refused', async () => {
  const { status, json } = await register({ ...valid(), tenant: 'no-such-clinic' });
  expect(status).toBe(422);
  expect(json).toMatchObject({ errors: [{ path: 'tenant' }] });
});

test('nobody makes themselves more than a patient', async () => {
  for (const extra of [
    { role: 'admin' },
    { roles: ['admin'] },
    { tenantId: clinic.id },
    { practitionerId: clinic.doctorId },
    { isActive: true },
  ]) {
    expect((await register({ ...valid(), ...extra })).status).toBe(422);
  }
});

test.each([
  ['Sh0rt-1', 'Must have at least 8 characters'],
  ['no-upper-case-1', 'Must have an upper case letter'],
  ['NO-LOWER-CASE-1', 'Must have a lower case letter'],
  ['No-Digit-Here', 'Must have a digit'],
  ['NoSymbolHere1', 'Must have a character that is neither letter nor digit'],
  [`Long-1${'x'.repeat(67)}`, 'Must have at most 72 bytes'],
  [`Ümläut-1${'é'.repeat(33)}`, 'Must have at most 72 bytes'],
])('the password %s is refused: %s', async (password, message) => {
  const { status, json, text } = await register({ ...valid(), password });
  expect(status).toBe(422);
  expect((json as { errors: unknown }).errors).toContainEqual({ path: 'password', message });
  expect(text).not.toContain(password);
});

test('the e-mail address itself is no password', async () => {
  const email = `Some-One1.${crypto.randomUUID()}@test.example`;
  const { json } = await register({ ...valid(), email, password: email.slice(0, 72) });
  expect(json).toMatchObject({ errors: [{ path: 'password', message: 'Must not be the e-mail address' }] });
});

test.each([
  '',
  'x',
  'a@b',
  'a b@test.example',
  `${'a'.repeat(250)}@test.example`,
  '<a@test.example>',
  'a@test.example\nBcc: b@test.example',
])('the e-mail address %j is refused', async (email) => {
  const { status, json } = await register({ ...valid(), email });
  expect(status).toBe(422);
  expect((json as { errors: { path: string }[] }).errors[0]?.path).toBe('email');
});

test('SQL in a name stays a name', async () => {
  const displayName = `'); drop table app_user; --`;
  const { status, json } = await register({ ...valid(), displayName });
  expect(status).toBe(201);
  expect((json as SignedIn).user.displayName).toBe(displayName);
});
