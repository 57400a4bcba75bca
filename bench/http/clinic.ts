/** A clinic whose doctors can call the REST interface: accounts, patients, meetings. */
import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/bcrypt';
import { scopesOf } from '../../src/identity/auth/scopes.ts';
import { createTokens } from '../../src/identity/auth/tokens.ts';
import { TenantSettings } from '../../src/identity/tenants/schema.ts';
import { newMeeting } from '../../src/meetings/index.ts';
import { createPrisma } from '../../src/platform/db/client.ts';
import { createPool } from '../../src/platform/db/quick.ts';
import { createDatabase } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';
import { benchJwt } from '../clinic.ts';

const tokens = createTokens(benchJwt);
const settings = TenantSettings.parse({ timeZone: 'Asia/Kolkata' });
/** Of every account; hashed at the cost of production. */
export const benchPassword = 'Bench-Password-1';

export interface Caller {
  userId: string;
  email: string;
  doctorId: string;
  patientId: string;
  meetingIds: readonly string[];
  token: string;
  /** An address of their own, as a proxy would tell it. */
  from: string;
}

export interface CallingClinic {
  tenantId: string;
  slug: string;
  callers: readonly Caller[];
}

/** So many doctors, each with a patient and `meetings` meetings. */
export async function openCallingClinic(appUrl: string, size: number, meetings: number): Promise<CallingClinic> {
  const database = createDatabase({ prisma: createPrisma(appUrl, { poolSize: 1 }), pool: createPool(appUrl) });
  const tenantId = newId();
  const slug = `bench-${tenantId.slice(-12)}`;
  const passwordHash = await hash(benchPassword, { cost: 12 });
  const people = await Promise.all(Array.from({ length: size }, (_, index) => newCaller(tenantId, index)));
  const rows = people.flatMap(({ doctorId, patientId }) =>
    Array.from({ length: meetings }, (_, index) =>
      newMeeting({ tenantId, doctorId, patientId, scheduledAt: new Date(Date.now() + index * 3_600_000) }, settings),
    ),
  );
  await database.tenant(tenantId).run(
    async (tx) => {
      await tx.tenant.create({ data: { id: tenantId, slug, name: 'Bench clinic', settings } });
      await tx.practitioner.createMany({
        data: people.map(({ doctorId: id }) => ({ id, tenantId, name: 'Dr Bench' })),
      });
      await tx.patient.createMany({ data: people.map(({ patientId: id }) => ({ id, tenantId, name: 'Pat Bench' })) });
      await tx.user.createMany({
        data: people.map(({ userId, email, doctorId }) => ({
          id: userId,
          tenantId,
          email,
          passwordHash,
          displayName: 'Dr Bench',
          roles: ['doctor' as const],
          practitionerId: doctorId,
          emailVerifiedAt: new Date(),
        })),
      });
      await tx.meeting.createMany({ data: rows });
    },
    { timeout: 60_000 },
  );
  await Promise.all([database.prisma.$disconnect(), database.pool.end()]);
  const byDoctor = Map.groupBy(rows, ({ doctorId }) => doctorId);
  const callers = people.map((one) => ({ ...one, meetingIds: byDoctor.get(one.doctorId)?.map(({ id }) => id) ?? [] }));
  return { tenantId, slug, callers };
}

async function newCaller(tenantId: string, index: number): Promise<Omit<Caller, 'meetingIds'>> {
  const [userId, doctorId, patientId] = [newId(), newId(), newId()];
  const role = 'doctor' as const;
  const { token } = await tokens.issueAccess({
    tenantId,
    userId,
    roles: [role],
    scopes: scopesOf([role]),
    sessionId: randomUUID(),
    practitionerId: doctorId,
    patientId: null,
  });
  const from = `10.1.${Math.floor(index / 250)}.${(index % 250) + 1}`;
  return { userId, email: `doctor-${index}@bench.example`, doctorId, patientId, token, from };
}
