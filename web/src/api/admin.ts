/** The administration over REST: users, roles, API keys, the clinic, the audit trail. */
import type { Page } from './meetings.ts';
import type { Session } from './session.ts';

export const builtInRoles = ['patient', 'doctor', 'lab', 'staff', 'admin'] as const;
export type BuiltInRole = (typeof builtInRoles)[number];

export interface ClinicUser {
  id: string;
  email: string;
  displayName: string;
  roles: BuiltInRole[];
  clinicRoles: { id: string; key: string; name: string }[];
  isActive: boolean;
  mustChangePassword: boolean;
  emailVerified: boolean;
  hasSecondFactor: boolean;
  patientId: string | null;
  practitionerId: string | null;
  lastSignInAt: string | null;
  createdAt: string;
}

export const userSorts = ['displayName', '-displayName', 'email', '-email', 'createdAt', '-createdAt'] as const;
export type UserSort = (typeof userSorts)[number];

export interface UserFilter {
  q?: string | undefined;
  role?: string | undefined;
  clinicRoleId?: string | undefined;
  active?: string | undefined;
  sort?: UserSort | undefined;
  limit?: number | undefined;
}

export interface NewUser {
  email: string;
  displayName: string;
  roles: readonly BuiltInRole[];
  clinicRoleIds: readonly string[];
  /** Left out, the person is invited by mail. */
  password?: string;
}

export interface UserChange {
  displayName?: string;
  roles?: readonly BuiltInRole[];
  clinicRoleIds?: readonly string[];
  isActive?: boolean;
  password?: string;
}

export interface ClinicRole {
  id: string;
  key: string;
  name: string;
  description: string;
  scopes: string[];
  /** How many people have it. */
  users: number;
}

export interface ScopeWords {
  scope: string;
  description: string;
  /** Reaches no further than its holder's own record. */
  personal: boolean;
}

export interface Roles {
  builtIn: { key: BuiltInRole; scopes: string[] }[];
  items: ClinicRole[];
  scopes: ScopeWords[];
}

export interface RoleChange {
  name: string;
  description: string;
  scopes: readonly string[];
}

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface NewApiKey {
  name: string;
  scopes: readonly string[];
  expiresAt: string;
}

export interface ClinicSettings {
  timeZone: string;
  locale: string;
  emergencyNumber: string;
  reconnectWindowSeconds: number;
  doctorGraceSeconds: number;
  recoveryWindowSeconds: number;
  earlyStartMinutes: number;
  noShowMinutes: number;
  maxDurationMinutes: number;
  mfaRequiredFor: BuiltInRole[];
  requireVerifiedEmail: boolean;
  cancelFreeHours: number;
  reminderMinutesBefore: number[];
  waitlistOfferMinutes: number;
  /** What a visit on site counts as when nobody says what became of it. */
  unmarkedVisits: 'noshow' | 'fulfilled';
  /** The clinic's own words in its waiting room, by language. */
  waitingRoomText: Record<string, string>;
  /** ISO 3166-1; `ZZ` while nobody has said. */
  country: string;
  /** How patients agree to be seen by video. */
  teleconsultationConsent: 'by_country' | 'guideline' | 'explicit' | 'implied';
  /** Whether a video visit that has a price begins only once it is paid. */
  paymentBeforeJoin: boolean;
  /** What a patient who calls off late gets back, in percent of what was paid. */
  lateCancelRefundPercent: number;
  /** What becomes of a file that no virus scanner has looked at. */
  unscannedFiles: 'allow' | 'refuse';
  /** 0 keeps files. */
  uploadRetentionDays: number;
  documentDraftDays: number;
  documentConfirmationDays: number;
  documentsByModel: boolean;
  /** 0 keeps conversations with the assistant. */
  chatRetentionDays: number;
  /** 0 keeps the redacted record of exchanges. */
  chatRecordDays: number;
  assistantByModel: boolean;
}

export interface ClinicView {
  id: string;
  slug: string;
  name: string;
  settings: ClinicSettings;
}

export const auditResults = ['success', 'refused', 'failed'] as const;
export type AuditResult = (typeof auditResults)[number];

export interface AuditEntry {
  id: string;
  at: string;
  actor: {
    kind: 'person' | 'service' | 'system' | 'anonymous';
    id: string | null;
    name: string | null;
    roles: string[];
  };
  action: string;
  purpose: 'TREAT' | 'HPAYMT' | 'HOPERAT' | 'PATRQT' | 'SYSADMIN';
  result: AuditResult;
  code: string | null;
  patientIds: string[];
  entity: { type: string; id: string } | null;
  requestId: string | null;
  address: string | null;
  userAgent: string | null;
  route: string | null;
  asked: Record<string, string> | null;
}

export interface AuditFilter {
  from?: string | undefined;
  to?: string | undefined;
  actorId?: string | undefined;
  patientId?: string | undefined;
  action?: string | undefined;
  result?: string | undefined;
}

export type FaultKind =
  | 'entry_altered'
  | 'entry_missing'
  | 'seal_broken'
  | 'seal_missing'
  | 'entry_unsealed'
  | 'head_unknown';

export interface Verification {
  intact: boolean;
  entries: number;
  unsealed: number;
  head: { position: number; hash: string } | null;
  faultCount: number;
  faults: { kind: FaultKind; entryId: string | null; position: number | null }[];
}

export interface Named {
  id: string;
  name: string;
}

type Signal = AbortSignal | undefined;

export interface AdminApi {
  users(filter: UserFilter, cursor: string | undefined, signal?: Signal): Promise<Page<ClinicUser>>;
  user(id: string, signal?: Signal): Promise<ClinicUser>;
  createUser(user: NewUser): Promise<ClinicUser>;
  changeUser(id: string, change: UserChange): Promise<ClinicUser>;
  /** Switches it off, or takes it away where it was never used. */
  removeUser(id: string): Promise<void>;
  takeSecondFactor(id: string): Promise<void>;
  endSignIns(id: string): Promise<void>;
  roles(signal?: Signal): Promise<Roles>;
  createRole(role: RoleChange & { key: string }): Promise<ClinicRole>;
  changeRole(id: string, change: RoleChange): Promise<ClinicRole>;
  removeRole(id: string): Promise<void>;
  apiKeys(cursor: string | undefined, signal?: Signal): Promise<Page<ApiKey>>;
  /** With the key itself, which is never told again. */
  createApiKey(key: NewApiKey): Promise<ApiKey & { key: string }>;
  revokeApiKey(id: string): Promise<void>;
  clinic(signal?: Signal): Promise<ClinicView>;
  changeClinic(change: { name?: string; settings?: Partial<ClinicSettings> }): Promise<ClinicView>;
  audit(filter: AuditFilter, cursor: string | undefined, signal?: Signal): Promise<Page<AuditEntry>>;
  auditCsv(filter: AuditFilter): Promise<Blob>;
  /** `head` is `position:hash` of a seal that was kept elsewhere. */
  verifyAudit(head: string | undefined): Promise<Verification>;
  /** Patients by name, the likeliest first. */
  patients(name: string, signal?: Signal): Promise<Named[]>;
  patient(id: string, signal?: Signal): Promise<Named>;
}

type Request = Parameters<Session['request']>[0];

/** Reading a long trail takes its time. */
const long = 300_000;

function at(base: string, id: string, rest = ''): string {
  return `${base}/${encodeURIComponent(id)}${rest}`;
}

export function createAdminApi(session: Session): AdminApi {
  async function json<T>(request: Request): Promise<T> {
    const response = await session.request(request);
    return (await response.json()) as T;
  }
  async function done(request: Request): Promise<void> {
    await session.request(request);
  }
  return {
    users: (filter, cursor, signal) => json({ path: '/admin/users', query: { ...filter, cursor }, signal }),
    user: (id, signal) => json({ path: at('/admin/users', id), signal }),
    createUser: (body) => json({ method: 'POST', path: '/admin/users', body }),
    changeUser: (id, body) => json({ method: 'PATCH', path: at('/admin/users', id), body }),
    removeUser: (id) => done({ method: 'DELETE', path: at('/admin/users', id) }),
    takeSecondFactor: (id) => done({ method: 'DELETE', path: at('/admin/users', id, '/second-factor') }),
    endSignIns: (id) => done({ method: 'DELETE', path: at('/admin/users', id, '/sessions') }),
    roles: (signal) => json({ path: '/admin/roles', signal }),
    createRole: (body) => json({ method: 'POST', path: '/admin/roles', body }),
    changeRole: (id, body) => json({ method: 'PATCH', path: at('/admin/roles', id), body }),
    removeRole: (id) => done({ method: 'DELETE', path: at('/admin/roles', id) }),
    apiKeys: (cursor, signal) => json({ path: '/admin/api-keys', query: { cursor }, signal }),
    createApiKey: (body) => json({ method: 'POST', path: '/admin/api-keys', body }),
    revokeApiKey: (id) => done({ method: 'DELETE', path: at('/admin/api-keys', id) }),
    clinic: (signal) => json({ path: '/admin/tenant', signal }),
    changeClinic: (body) => json({ method: 'PATCH', path: '/admin/tenant', body }),
    audit: (filter, cursor, signal) => json({ path: '/admin/audit', query: { ...filter, cursor }, signal }),
    async auditCsv(filter) {
      const response = await session.request({ path: '/admin/audit/export.csv', query: { ...filter }, patience: long });
      return response.blob();
    },
    verifyAudit: (head) => json({ path: '/admin/audit/verify', query: { head }, patience: long }),
    async patients(name, signal) {
      return (await json<Page<Named>>({ path: '/patients', query: { name, limit: 20 }, signal })).items;
    },
    patient: (id, signal) => json({ path: at('/patients', id), signal }),
  };
}
