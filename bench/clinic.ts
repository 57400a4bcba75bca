/** A clinic made for the bench: as many visits as asked for, each with a doctor and a patient of its own. */
import { randomUUID } from 'node:crypto';
import { scopesOf } from '../src/identity/auth/scopes.ts';
import { createTokens, type Tokens } from '../src/identity/auth/tokens.ts';
import { TenantSettings } from '../src/identity/tenants/schema.ts';
import { newMeeting } from '../src/meetings/index.ts';
import { createPrisma } from '../src/platform/db/client.ts';
import { createPool } from '../src/platform/db/quick.ts';
import { createDatabase, type TenantDb } from '../src/platform/db/scope.ts';
import { newId } from '../src/platform/ids.ts';

/** What signs the tokens; the server under measurement gets it as JWT_SECRET. */
export const benchJwt = {
  secret: 'a secret for measurements, of no use to anybody',
  issuer: 'housecall',
  audience: 'housecall',
};
const tokens: Tokens = createTokens(benchJwt);

export interface Couple {
  doctorId: string;
  patientId: string;
  doctorToken: string;
  patientToken: string;
}

export interface BenchClinic extends AsyncDisposable {
  tenantId: string;
  couples: readonly Couple[];
  /** Of the front desk: always one and the same person, so that a key of theirs holds from token to token. */
  staffToken(): Promise<string>;
  /** Access tokens last for half an hour. */
  renewed(couple: Couple): Promise<Couple>;
  /** A new meeting, scheduled for now, for each couple; answers their ids in the same order. */
  schedule(): Promise<string[]>;
}

/** `rules` over a clinic in Kolkata with everything else at its default. */
export async function openClinic(
  appUrl: string,
  size: number,
  rules: Partial<TenantSettings> = {},
): Promise<BenchClinic> {
  const settings = TenantSettings.parse({ timeZone: 'Asia/Kolkata', ...rules });
  const database = createDatabase({ prisma: createPrisma(appUrl, { poolSize: 1 }), pool: createPool(appUrl) });
  const tenantId = newId();
  const staffId = newId();
  const db = database.tenant(tenantId);
  const couples = await Promise.all(Array.from({ length: size }, () => coupleOf(tenantId, newId(), newId())));
  await db.run(async (tx) => {
    await tx.tenant.create({ data: { id: tenantId, slug: `bench-${tenantId}`, name: 'Bench clinic', settings } });
    await tx.practitioner.createMany({ data: couples.map(({ doctorId: id }) => ({ id, tenantId, name: 'Dr Bench' })) });
    await tx.patient.createMany({ data: couples.map(({ patientId: id }) => ({ id, tenantId, name: 'Pat Bench' })) });
  });
  return {
    tenantId,
    couples,
    staffToken: () => tokenOf(tenantId, 'staff', { userId: staffId }),
    renewed: ({ doctorId, patientId }) => coupleOf(tenantId, doctorId, patientId),
    schedule: () => schedule(db, couples, settings),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([database.prisma.$disconnect(), database.pool.end()]);
    },
  };
}

async function coupleOf(tenantId: string, doctorId: string, patientId: string): Promise<Couple> {
  const doctorToken = await tokenOf(tenantId, 'doctor', { practitionerId: doctorId });
  const patientToken = await tokenOf(tenantId, 'patient', { patientId });
  return { doctorId, patientId, doctorToken, patientToken };
}

async function tokenOf(
  tenantId: string,
  role: 'doctor' | 'patient' | 'staff',
  ids: { userId?: string; practitionerId?: string; patientId?: string },
): Promise<string> {
  const issued = await tokens.issueAccess({
    tenantId,
    userId: newId(),
    roles: [role],
    scopes: scopesOf([role]),
    sessionId: randomUUID(),
    practitionerId: null,
    patientId: null,
    ...ids,
  });
  return issued.token;
}

async function schedule(db: TenantDb, couples: readonly Couple[], settings: TenantSettings): Promise<string[]> {
  const scheduledAt = new Date();
  const rows = couples.map(({ doctorId, patientId }) =>
    newMeeting({ tenantId: db.tenantId, doctorId, patientId, scheduledAt }, settings),
  );
  await db.run((tx) => tx.meeting.createMany({ data: rows }));
  return rows.map(({ id }) => id);
}
