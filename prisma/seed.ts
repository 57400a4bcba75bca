/** The demo clinic and a second tenant beside it, for trying everything out. Never in production. */
import { createPasswords, findTenant, parseSettings } from '../src/identity/index.ts';
import { newMeeting } from '../src/meetings/index.ts';
import type { Role } from '../src/platform/actor.ts';
import type { Database, Tx } from '../src/platform/db/scope.ts';
import { newId } from '../src/platform/ids.ts';
import { describeClinic } from './seed-scheduling.ts';

/** Of every demo account, and known to everybody. */
export const demoPassword = 'Housecall-Demo-1';

interface Account {
  name: string;
  role: Role;
}

/** By local part of the e-mail. */
const accounts: Record<string, Account> = {
  admin: { name: 'Asha Menon', role: 'admin' },
  staff: { name: 'Ravi Kumar', role: 'staff' },
  lab: { name: 'Leela Nair', role: 'lab' },
  doctor: { name: 'Dr Meera Rao', role: 'doctor' },
  doctor2: { name: 'Dr Arjun Shah', role: 'doctor' },
  patient: { name: 'Kamala Iyer', role: 'patient' },
  patient2: { name: 'Joseph D’Souza', role: 'patient' },
};

const clinics = [
  { slug: 'demo', name: 'Demo Clinic', domain: 'demo.clinic' },
  { slug: 'other', name: 'Other Clinic', domain: 'other.clinic' },
];

/** The e-mail addresses of all demo accounts. */
export const demoEmails: readonly string[] = clinics.flatMap(({ domain }) =>
  Object.keys(accounts).map((local) => `${local}@${domain}`),
);

export const demoAccounts = `Demo clinic: doctor@demo.clinic, patient@demo.clinic, admin@demo.clinic (and staff, lab, doctor2, patient2); password ${demoPassword}`;

/** Makes what is missing; a visit between doctor and patient starts about now, whenever the server starts. Harmless twice. */
export async function openDemoClinic(database: Database): Promise<void> {
  let hash: Promise<string> | undefined;
  for (const clinic of clinics) {
    if (await findTenant(database, clinic.slug)) continue;
    hash ??= createPasswords().hash(demoPassword);
    const passwordHash = await hash;
    const id = newId();
    await database.tenant(id).run((tx) => createClinic(tx, id, clinic, passwordHash));
  }
  for (const { slug } of clinics) {
    const id = await findTenant(database, slug);
    if (id) await database.tenant(id).run((tx) => describeClinic(tx, id));
  }
  const id = await findTenant(database, 'demo');
  if (id) await database.tenant(id).run((tx) => scheduleVisits(tx, id));
}

async function createClinic(tx: Tx, id: string, clinic: (typeof clinics)[number], passwordHash: string): Promise<void> {
  const settings = parseSettings({ timeZone: 'Asia/Kolkata', locale: 'en-IN', emergencyNumber: '108' });
  await tx.tenant.create({ data: { id, slug: clinic.slug, name: clinic.name, settings } });
  for (const [local, { name, role }] of Object.entries(accounts)) {
    const patientId = role === 'patient' ? newId() : null;
    const practitionerId = role === 'doctor' ? newId() : null;
    if (patientId) await tx.patient.create({ data: { id: patientId, tenantId: id, name } });
    if (practitionerId) await tx.practitioner.create({ data: { id: practitionerId, tenantId: id, name } });
    await tx.user.create({
      data: {
        id: newId(),
        tenantId: id,
        email: `${local}@${clinic.domain}`,
        passwordHash,
        emailVerifiedAt: new Date(),
        displayName: name,
        roles: [role],
        patientId,
        practitionerId,
      },
    });
  }
}

const minute = 60_000;

/** Minutes from now, and who with whom, for what. */
const visits = [
  { inMinutes: 0, doctor: 'doctor', patient: 'patient', reason: 'Blood pressure follow-up' },
  { inMinutes: 20, doctor: 'doctor', patient: 'patient2', reason: 'Skin rash' },
  { inMinutes: 90, doctor: 'doctor2', patient: 'patient', reason: 'Diet advice' },
  { inMinutes: 26 * 60, doctor: 'doctor', patient: 'patient', reason: 'Test results' },
] as const;

async function scheduleVisits(tx: Tx, tenantId: string): Promise<void> {
  const now = Date.now();
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const people = await tx.user.findMany({ where: { tenantId } });
  const find = (local: string) => people.find(({ email }) => email === `${local}@demo.clinic`);
  for (const { inMinutes, doctor, patient, reason } of visits) {
    const doctorId = find(doctor)?.practitionerId;
    const patientId = find(patient)?.patientId;
    if (!doctorId || !patientId) continue;
    const at = now + inMinutes * minute;
    // A restart within the quarter of an hour finds the visit of the start before.
    const scheduledAt = { gte: new Date(at - 15 * minute), lte: new Date(at + 15 * minute) };
    const there = await tx.meeting.count({
      where: { tenantId, doctorId, patientId, status: { in: ['scheduled', 'active'] }, scheduledAt },
    });
    if (there > 0) continue;
    const row = newMeeting(
      { tenantId, doctorId, patientId, scheduledAt: new Date(Math.floor(at / minute) * minute), reason },
      parseSettings(tenant.settings),
    );
    await tx.meeting.create({ data: row });
  }
}
