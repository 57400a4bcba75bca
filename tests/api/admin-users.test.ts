import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type IdentityApp, serveIdentity } from '../support/identity-app.ts';
import { createTenant, createUser, type TestPerson, type TestTenant, testPassword } from '../support/tenant.ts';

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

interface User {
  id: string;
  email: string;
  displayName: string;
  isActive: boolean;
  patientId: string | null;
  practitionerId: string | null;
}

const admin = (method: string, path: string, body?: unknown, as = token) =>
  app.call(method, `/admin/users${path}`, { token: as, ...(body !== undefined && { body }) });
const login = (email: string, password: string) =>
  app.call('POST', '/auth/login', { body: { email, password, tenant: clinic.slug } });
const newUser = (fields: object = {}) => ({
  email: `new-${crypto.randomUUID().slice(0, 8)}@test.example`,
  displayName: 'Newly Come',
  roles: ['staff'],
  password: 'First-Password-7',
  ...fields,
});
const made = async (fields: object = {}) => (await admin('POST', '', newUser(fields))).json as User;
const grantRole = async (person: TestPerson, scopes: string[]) => {
  const role = { key: `r-${crypto.randomUUID().slice(0, 8)}`, name: 'Role', scopes };
  const { json } = await app.call('POST', '/admin/roles', { token, body: role });
  const { id } = json as { id: string };
  const userId = clinic.users[person].id;
  expect((await admin('PATCH', `/${userId}`, { clinicRoleIds: [id] })).status).toBe(200);
  return id;
};
/** Signs in as one of the clinic and answers their token with what they may now. */
const signIn = async (person: TestPerson) => {
  const { json } = await login(clinic.users[person].email, testPassword);
  return (json as { accessToken: string }).accessToken;
};

describe('making an account', () => {
  test('gives one that can sign in, sees only itself until the password is changed, and has no way to the rest', async () => {
    const { status, json } = await admin(
      'POST',
      '',
      newUser({ email: 'Asha@Test.Example', roles: ['staff', 'admin'] }),
    );
    expect(status).toBe(201);
    expect(json).toMatchObject({
      email: 'Asha@Test.Example',
      roles: ['staff', 'admin'],
      isActive: true,
      mustChangePassword: true,
      emailVerified: true,
      hasSecondFactor: false,
      lastSignInAt: null,
      clinicRoles: [],
    });
    expect(JSON.stringify(json)).not.toContain('assword-7');
    const session = await login('asha@test.example', 'First-Password-7');
    expect(session.status).toBe(200);
    const { user, accessToken } = session.json as { user: { scopes: string[] }; accessToken: string };
    expect(user).toMatchObject({ mustChangePassword: true });
    expect(user.scopes).toEqual(['profile:read', 'profile:write', 'session:refresh']);
    expect((await app.call('GET', '/admin/users', { token: accessToken })).status).toBe(403);
    expect((await admin('GET', `/${(json as User).id}`)).json).toMatchObject({ lastSignInAt: expect.any(String) });
  });

  test.each([
    ['doctor', { practitionerId: expect.any(String), patientId: null }],
    ['patient', { practitionerId: null, patientId: expect.any(String) }],
    ['staff', { practitionerId: null, patientId: null }],
    ['lab', { practitionerId: null, patientId: null }],
  ])('as a %s gives the record that such a one has, of the same name', async (role, records) => {
    const user = await made({ roles: [role], displayName: 'Somebody Else' });
    expect(user).toMatchObject(records);
    const [name] = await app.db.sql(
      `select name from patient where id = $1 union all select name from practitioner where id = $2`,
      [user.patientId, user.practitionerId],
    );
    expect(name).toEqual(user.patientId || user.practitionerId ? { name: 'Somebody Else' } : undefined);
  });

  test('takes a record that has no account yet, and none that has one', async () => {
    const free = crypto.randomUUID();
    await app.db.sql(`insert into patient (id, tenant_id, name) values ($1, $2, 'Known Before')`, [free, clinic.id]);
    expect(await made({ roles: ['patient'], patientId: free })).toMatchObject({ patientId: free });
    for (const patientId of [free, clinic.patientId, crypto.randomUUID()]) {
      const { status, json } = await admin('POST', '', newUser({ roles: ['patient'], patientId }));
      expect({ status, json }).toMatchObject({ status: 422, json: { errors: [{ path: 'patientId' }] } });
    }
  });

  test.each([
    [{ email: 'no address' }, 'email'],
    [{ displayName: ' ' }, 'displayName'],
    [{ roles: ['king'] }, 'roles.0'],
    [{ roles: [] }, 'roles'],
    [{ clinicRoleIds: ['00000000-0000-4000-8000-000000000000'] }, 'clinicRoleIds.0'],
    [{ password: 'weak' }, 'password'],
    [{ password: undefined }, 'password'],
    [{ isActive: true }, ''],
  ])('with %j is refused at %j and makes nothing', async (fields, path) => {
    const [before] = await app.db.sql('select count(*) from app_user where tenant_id = $1', [clinic.id]);
    const { status, json } = await admin('POST', '', newUser(fields));
    expect(status).toBe(422);
    const { errors } = json as { errors: { path: string }[] };
    expect(errors.map((one) => one.path)).toContain(path);
    expect(await app.db.sql('select count(*) from app_user where tenant_id = $1', [clinic.id])).toEqual([before]);
  });

  test('with an address that the clinic has already, in whichever case, is refused; another clinic may have it', async () => {
    const { email } = clinic.users.staff;
    const taken = await admin('POST', '', newUser({ email: email.toUpperCase() }));
    expect([taken.status, (taken.json as { code: string }).code]).toEqual([409, 'ALREADY_EXISTS']);
    const other = await createTenant(app.db);
    expect((await admin('POST', '', newUser({ email }), await other.token('admin'))).status).toBe(201);
  });
});

describe('nobody gives what they do not hold', () => {
  test('who keeps accounts without being an administrator makes staff and patients, and no administrator', async () => {
    await grantRole('staff', ['users:read', 'users:write']);
    const desk = await signIn('staff');
    for (const role of ['staff', 'patient', 'doctor', 'lab'])
      expect((await admin('POST', '', newUser({ roles: [role] }), desk)).status).toBe(201);
    expect((await admin('POST', '', newUser({ roles: ['admin'] }), desk)).status).toBe(403);
    const self = clinic.users.staff.id;
    expect((await admin('PATCH', `/${self}`, { roles: ['staff', 'admin'] }, desk)).status).toBe(403);
  });

  test('nor open a record to a new account that they may not see themselves', async () => {
    const free = crypto.randomUUID();
    await app.db.sql(`insert into patient (id, tenant_id, name) values ($1, $2, 'Known Before')`, [free, clinic.id]);
    await grantRole('patient', ['users:write']);
    const keeper = await signIn('patient');
    expect((await admin('POST', '', newUser({ roles: ['patient'] }), keeper)).status).toBe(201);
    expect((await admin('POST', '', newUser({ roles: ['patient'], patientId: free }), keeper)).status).toBe(403);
    expect((await admin('POST', '', newUser({ roles: ['patient'], patientId: free }))).status).toBe(201);
  });

  test('nor give the clinic’s own role that can do more, nor decide over an administrator in any way', async () => {
    const auditor = await grantRole('lab', ['audit:read']);
    await grantRole('staff', ['users:read', 'users:write']);
    const desk = await signIn('staff');
    expect((await admin('POST', '', newUser({ clinicRoleIds: [auditor] }), desk)).status).toBe(403);
    for (const target of [clinic.users.admin.id, clinic.users.lab.id]) {
      for (const change of [
        { password: 'Taken-Over-77' },
        { isActive: false },
        { displayName: 'Mocked' },
        { roles: ['lab'] },
      ])
        expect((await admin('PATCH', `/${target}`, change, desk)).status).toBe(403);
      expect((await admin('DELETE', `/${target}`, undefined, desk)).status).toBe(403);
    }
    expect((await login(clinic.users.admin.email, testPassword)).status).toBe(200);
  });
});

describe('changing an account', () => {
  test('keeps what is not named; the person’s own record takes the new name along', async () => {
    const { id, practitionerId } = clinic.users.doctor;
    const { status, json } = await admin('PATCH', `/${id}`, { displayName: 'Dr New Name' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ id, displayName: 'Dr New Name', roles: ['doctor'], isActive: true, practitionerId });
    expect(await app.db.sql('select name from practitioner where id = $1', [practitionerId])).toEqual([
      { name: 'Dr New Name' },
    ]);
    await app.db.sql(`update practitioner set name = 'As Registered' where id = $1`, [practitionerId]);
    await admin('PATCH', `/${id}`, { displayName: 'Dr Third Name' });
    expect(await app.db.sql('select name from practitioner where id = $1', [practitionerId])).toEqual([
      { name: 'As Registered' },
    ]);
  });

  test('a new role brings its record, and the record stays when the role goes', async () => {
    const { id } = clinic.users.staff;
    const doctor = (await admin('PATCH', `/${id}`, { roles: ['doctor'] })).json as User;
    expect(doctor.practitionerId).toEqual(expect.any(String));
    const back = (await admin('PATCH', `/${id}`, { roles: ['staff'] })).json as User;
    const again = (await admin('PATCH', `/${id}`, { roles: ['staff', 'doctor'] })).json as User;
    expect([back.practitionerId, again.practitionerId]).toEqual([doctor.practitionerId, doctor.practitionerId]);
  });

  test('switching off ends every sign-in; switching on again brings none of them back', async () => {
    const { id, email } = clinic.users.doctor;
    const session = (await login(email, testPassword)).json as { refreshToken: string };
    expect((await admin('PATCH', `/${id}`, { isActive: false })).json).toMatchObject({ isActive: false });
    const refresh = () => app.call('POST', '/auth/refresh', { body: { refreshToken: session.refreshToken } });
    expect((await refresh()).status).toBe(401);
    expect((await login(email, testPassword)).status).toBe(401);
    expect((await admin('PATCH', `/${id}`, { isActive: true })).json).toMatchObject({ isActive: true });
    expect((await refresh()).status).toBe(401);
    expect((await login(email, testPassword)).status).toBe(200);
  });

  test('a password that the administrator sets is for one sign-in: it must be changed', async () => {
    const { id, email } = clinic.users.lab;
    expect((await admin('PATCH', `/${id}`, { password: 'Second-Password-8' })).json).toMatchObject({
      mustChangePassword: true,
    });
    expect((await login(email, testPassword)).status).toBe(401);
    const { user } = (await login(email, 'Second-Password-8')).json as { user: object };
    expect(user).toMatchObject({ mustChangePassword: true });
  });

  test('roles that change write down that older access tokens are worth nothing', async () => {
    const { id } = clinic.users.lab;
    await admin('PATCH', `/${id}`, { roles: ['staff'] });
    expect(await app.db.sql('select kind::text from revocation where subject_id = $1', [id])).toEqual([
      { kind: 'access' },
    ]);
    await admin('PATCH', `/${id}`, { roles: ['staff'], displayName: 'Same Roles' });
    expect(await app.db.sql('select kind::text from revocation where subject_id = $1', [id])).toHaveLength(1);
  });
});

describe('a second factor that was lost', () => {
  test('goes, together with its codes and every sign-in, and only where the actor may decide over the person', async () => {
    const { id, email } = clinic.users.doctor;
    await clinic.db.run(async (tx) => {
      const owner = { tenantId: clinic.id, userId: id };
      await tx.secondFactor.create({ data: { ...owner, sealedSecret: 'x', confirmedAt: new Date() } });
      await tx.recoveryCode.create({ data: { ...owner, id: crypto.randomUUID(), hash: Buffer.alloc(32) } });
    });
    expect((await login(email, testPassword)).json).toMatchObject({ code: 'MFA_REQUIRED' });
    expect((await admin('GET', `/${id}`)).json).toMatchObject({ hasSecondFactor: true });
    expect((await admin('DELETE', `/${id}/second-factor`)).status).toBe(204);
    expect((await login(email, testPassword)).status).toBe(200);
    expect(await app.db.sql('select 1 from recovery_code where user_id = $1', [id])).toEqual([]);
    expect(await app.db.sql(`select kind::text from revocation where subject_id = $1`, [id])).toEqual([
      { kind: 'user' },
    ]);
    await grantRole('staff', ['users:write']);
    const path = `/${clinic.users.admin.id}/second-factor`;
    expect((await admin('DELETE', path, undefined, await signIn('staff'))).status).toBe(403);
  });
});

describe('the sign-ins of somebody', () => {
  test('end all at once, and only where the actor may decide over the person', async () => {
    const { email, id } = clinic.users.doctor2;
    const { refreshToken } = (await login(email, testPassword)).json as { refreshToken: string };
    expect((await admin('DELETE', `/${id}/sessions`)).status).toBe(204);
    expect((await app.call('POST', '/auth/refresh', { body: { refreshToken } })).status).toBe(401);
    expect((await login(email, testPassword)).status).toBe(200);
    await grantRole('staff', ['users:write']);
    const path = `/${clinic.users.admin.id}/sessions`;
    expect((await admin('DELETE', path, undefined, await signIn('staff'))).status).toBe(403);
  });
});

describe('the last administrator', () => {
  test('can neither be demoted, switched off nor removed, not even by themselves', async () => {
    const { id } = clinic.users.admin;
    for (const change of [{ roles: ['staff'] }, { isActive: false }]) {
      const { status, json } = await admin('PATCH', `/${id}`, change);
      expect({ status, json }).toMatchObject({ status: 409, json: { code: 'CONFLICT' } });
    }
    expect((await admin('DELETE', `/${id}`)).status).toBe(409);
    expect((await admin('GET', `/${id}`)).json).toMatchObject({ roles: ['admin'], isActive: true });
  });

  test('stays, although two of two try to demote each other and themselves at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const tenant = await createTenant(app.db);
      const second = await tenant.db.run((tx) => createUser(tx, tenant.id, 'admin', 'admin'));
      const as = await tenant.token('admin');
      const demote = (id: string) => admin('PATCH', `/${id}`, { roles: ['staff'] }, as);
      const answers = await Promise.all([
        demote(tenant.users.admin.id),
        demote(second.id),
        demote(tenant.users.admin.id),
      ]);
      const [row] = await app.db.sql<{ n: number }>(
        `select count(*)::int as n from app_user where tenant_id = $1 and is_active and 'admin' = any (roles)`,
        [tenant.id],
      );
      expect(row?.n).toBe(1);
      expect(answers.map(({ status }) => status)).toContain(409);
    }
  });
});

describe('removing an account', () => {
  test('that was never used lets it go, with nothing left of it', async () => {
    const user = await made();
    expect((await admin('DELETE', `/${user.id}`)).status).toBe(204);
    expect((await admin('GET', `/${user.id}`)).status).toBe(404);
    expect(await app.db.sql('select id from app_user where id = $1', [user.id])).toEqual([]);
  });

  test('that did something, by whichever way its person came in, keeps it', async () => {
    expect((await admin('GET', '', undefined, await clinic.token('lab'))).status).toBe(403);
    const { id } = clinic.users.lab;
    expect(await app.db.sql('select 1 from audit_trail where actor_id = $1', [id])).not.toEqual([]);
    expect((await admin('DELETE', `/${id}`)).status).toBe(204);
    expect((await admin('GET', `/${id}`)).json).toMatchObject({ id, isActive: false });
  });

  test('that was used switches it off and keeps it', async () => {
    const { id, email } = clinic.users.patient;
    await login(email, testPassword);
    expect((await admin('DELETE', `/${id}`)).status).toBe(204);
    expect((await admin('GET', `/${id}`)).json).toMatchObject({ id, email, isActive: false });
    expect((await login(email, testPassword)).status).toBe(401);
  });
});

describe('the list', () => {
  const list = async (query = '') => {
    const { status, json } = await admin('GET', query);
    expect(status).toBe(200);
    return json as { items: User[]; nextCursor: string | null };
  };

  test('finds by a part of the name or the address, whatever its case, and takes wildcards for what they are', async () => {
    await made({ displayName: '100%_Sure', email: 'percent@test.example' });
    const names = async (q: string) => (await list(`?q=${encodeURIComponent(q)}`)).items.map((one) => one.displayName);
    expect(await names('0%_S')).toEqual(['100%_Sure']);
    expect(await names('PERCENT@')).toEqual(['100%_Sure']);
    expect(await names('%')).toEqual(['100%_Sure']);
    expect(await names('\\')).toEqual([]);
  });

  test('filters by role, by the clinic’s own role and by whether it is on', async () => {
    const role = await grantRole('lab', ['slots:read']);
    await admin('PATCH', `/${clinic.users.doctor2.id}`, { isActive: false });
    const ids = async (query: string) => (await list(query)).items.map((one) => one.id);
    expect(await ids('?role=doctor&active=true')).toEqual([clinic.users.doctor.id]);
    expect(await ids('?active=false')).toEqual([clinic.users.doctor2.id]);
    expect(await ids(`?clinicRoleId=${role}`)).toEqual([clinic.users.lab.id]);
    expect((await admin('GET', '?active=yes')).status).toBe(422);
  });

  test.each(['displayName', '-displayName', 'email', '-email', 'createdAt', '-createdAt'])(
    'by %s comes in pages that neither repeat nor lose anybody while others come',
    async (sort) => {
      const all = (await list(`?sort=${sort}`)).items.map((one) => one.id);
      expect(all).toHaveLength(7);
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await list(`?sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.items.map((one) => one.id));
        cursor = page.nextCursor;
        await made({ displayName: `Between ${seen.length}` });
      }
      expect(seen.filter((id) => all.includes(id))).toEqual(all);
      expect(new Set(seen).size).toBe(seen.length);
    },
  );

  test('shows nobody of another clinic, and refuses a cursor from there', async () => {
    const other = await createTenant(app.db);
    const foreign = await admin('GET', '?limit=1', undefined, await other.token('admin'));
    const { nextCursor } = foreign.json as { nextCursor: string };
    expect((await admin('GET', `?limit=1&cursor=${nextCursor}`)).status).toBe(422);
    const mine = (await list('?limit=200')).items.map((one) => one.id);
    expect(mine.filter((id) => Object.values(other.users).some((user) => user.id === id))).toEqual([]);
  });
});
