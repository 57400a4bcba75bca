/** A clinic of a test's own, with one person of every kind. */

import { randomUUID } from 'node:crypto';
import { createTokens, type Tokens } from '../../src/identity/auth/tokens.ts';
import { scopesOf } from '../../src/identity/index.ts';
import { TenantSettings } from '../../src/identity/tenants/schema.ts';
import type { Actor, Role } from '../../src/platform/actor.ts';
import type { Database, TenantDb, Tx } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';

export const testPassword = 'Test-Password-1';
/** bcrypt of it, cost 4. */
const testPasswordHash = '$2b$04$Wm0Y.fyUb.AsPO03/5ug9urPE1wuSkVoLodiUoz4BnrbOoUxx9Q2u';

/** What signs the tokens of every test; give it to the server as JWT_SECRET. */
export const testJwt = {
  secret: 'a secret for tests, of no use to anybody',
  issuer: 'housecall',
  audience: 'housecall',
};
export const testTokens: Tokens = createTokens(testJwt);

const people = {
  doctor: 'doctor',
  doctor2: 'doctor',
  patient: 'patient',
  patient2: 'patient',
  lab: 'lab',
  staff: 'staff',
  admin: 'admin',
} as const satisfies Record<string, Role>;
export type TestPerson = keyof typeof people;

export interface TestUser {
  id: string;
  email: string;
  displayName: string;
  role: Role;
  patientId: string | null;
  practitionerId: string | null;
}

export interface TestTenant {
  id: string;
  slug: string;
  db: TenantDb;
  users: Record<TestPerson, TestUser>;
  /** Short for `users.doctor.practitionerId` and so on. */
  doctorId: string;
  doctor2Id: string;
  patientId: string;
  patient2Id: string;
  /** An access token as a sign-in would give. */
  token(person: TestPerson): Promise<string>;
  /** What the token says. */
  actor(person: TestPerson): Promise<Actor>;
}

/** `settings` over a clinic in Kolkata with everything else at its default. */
export async function createTenant(
  database: { db(tenantId: string): TenantDb } | Database,
  {
    settings = {},
    slug,
    names = {},
  }: { settings?: Partial<TenantSettings>; slug?: string; names?: Partial<Record<TestPerson, string>> } = {},
): Promise<TestTenant> {
  const id = newId();
  const name = slug ?? `t-${randomUUID().slice(0, 18)}`;
  const db = 'db' in database ? database.db(id) : database.tenant(id);
  const users = await db.run(async (tx) => {
    const valid = TenantSettings.parse({ timeZone: 'Asia/Kolkata', ...settings });
    await tx.tenant.create({ data: { id, slug: name, name: `Clinic ${name}`, settings: valid } });
    const entries: [string, TestUser][] = [];
    for (const [person, role] of Object.entries(people)) {
      entries.push([person, await createUser(tx, id, person, role, names[person as TestPerson])]);
    }
    return Object.fromEntries(entries) as Record<TestPerson, TestUser>;
  });
  const token = async (person: TestPerson) => (await testTokens.issueAccess(subjectOf(id, users[person]))).token;
  return {
    id,
    slug: name,
    db,
    users,
    doctorId: users.doctor.practitionerId ?? '',
    doctor2Id: users.doctor2.practitionerId ?? '',
    patientId: users.patient.patientId ?? '',
    patient2Id: users.patient2.patientId ?? '',
    token,
    actor: async (person) => testTokens.verifyAccess(await token(person)),
  };
}

/** Adds one more user, with a record of their own where the role has one. */
export async function createUser(
  tx: Tx,
  tenantId: string,
  person: string,
  role: Role,
  name?: string,
): Promise<TestUser> {
  const id = newId();
  const unique = randomUUID().slice(0, 8);
  const displayName = name ?? `${person} ${unique}`;
  const email = `${person}-${unique}@test.example`;
  const patientId = role === 'patient' ? newId() : null;
  const practitionerId = role === 'doctor' ? newId() : null;
  if (patientId) await tx.patient.create({ data: { id: patientId, tenantId, name: displayName } });
  if (practitionerId) await tx.practitioner.create({ data: { id: practitionerId, tenantId, name: displayName } });
  // As one that an administrator has made: somebody vouches for the address.
  const account = { id, tenantId, email, displayName, patientId, practitionerId, emailVerifiedAt: new Date() };
  await tx.user.create({ data: { ...account, passwordHash: testPasswordHash, roles: [role] } });
  return { id, email, displayName, role, patientId, practitionerId };
}

function subjectOf(tenantId: string, user: TestUser) {
  return {
    ...user,
    tenantId,
    userId: user.id,
    roles: [user.role],
    scopes: scopesOf([user.role]),
    sessionId: randomUUID(),
  };
}
