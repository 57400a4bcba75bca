/** What each role may ask for at all. Whether it may for this very thing is for the policies. */
import type { Role } from '../../platform/actor.ts';

/** Every scope there is, and what it lets its holder do. */
export const scopeCatalogue = {
  'session:refresh': 'Keep a socket open with a newer token',
  'profile:read': 'See the own account',
  'profile:write': 'Change the own password, second factor and sign-ins',
  'chat:use': 'Talk with the assistant and see the own conversations',
  'chat:read-exchanges': 'See what was asked of the assistant and what it answered, shortened and redacted',
  'meetings:read': 'See the own meetings',
  'meetings:read-all': "See all of the clinic's meetings",
  'meetings:create': 'Schedule meetings',
  'meetings:start': 'Start the own meetings',
  'meetings:join': 'Wait for and join the own meetings',
  'meetings:cancel': 'Cancel meetings',
  'meetings:end': 'End meetings',
  'meetings:export': 'Export meetings',
  'directory:read': 'Find practitioners and locations',
  'directory:write': 'Keep practitioners and locations',
  'catalog:read': 'See services and their prices',
  'catalog:write': 'Keep services and their prices',
  'slots:read': 'See free times',
  'availability:read': 'See working hours',
  'availability:write': 'Keep the own working hours',
  'availability:write-all': "Keep everybody's working hours",
  'appointments:read': 'See the own appointments',
  'appointments:read-all': "See all of the clinic's appointments",
  'appointments:book': 'Book, move and cancel the own appointments',
  'appointments:manage': 'Book, move, cancel and check in for anybody',
  'patients:read': 'Find patients and see who they are',
  'patients:write': 'Keep when patients were born and who answers for them',
  'notes:read': 'Read the notes of the own visits',
  'notes:write': 'Write and sign the notes of the own visits',
  'notes:read-all': 'Read the notes of all visits',
  'queues:read': 'See who is waiting for which doctor; doctors their own',
  'ratings:read': 'See how visits were rated on average; doctors their own',
  'consents:read': 'See what patients agreed to; patients their own',
  'consents:write': 'Keep what patients agree to; patients their own',
  'uploads:read': 'See the own files, those of own patients, and those one uploaded',
  'uploads:read-all': "See all of the clinic's files",
  'uploads:write': 'Upload files, share them, and delete those one uploaded',
  'uploads:manage': 'Upload files about anybody and delete any',
  'documents:read':
    'See the own documents once they are confirmed; doctors those of own patients, the desk what insurers get',
  'documents:read-all': "See all of the clinic's documents",
  'documents:write': 'Have documents about own patients written, and edit them',
  'documents:confirm': 'Answer for documents about own patients',
  'cdt:read': 'See the CDT codes and the rules that choose them',
  'cdt:write': 'Keep the CDT codes and the rules that choose them',
  'payments:read': 'See the own payments',
  'payments:read-all': "See all of the clinic's payments",
  'payments:pay': "Pay the own visits; the desk anybody's",
  'payments:refund': 'Give money back',
  'payments:reconcile': 'Compare payments with the provider',
  'tenant:read': "See the clinic's settings",
  'tenant:write': "Change the clinic's settings",
  'users:read': 'See accounts',
  'users:write': 'Make, change and switch off accounts',
  'roles:read': "See the clinic's roles",
  'roles:write': "Change the clinic's roles",
  'api-keys:read': 'See API keys',
  'api-keys:write': 'Make and revoke API keys',
  'audit:read': 'Read and verify the audit trail',
  'audit:export': 'Export the audit trail',
} as const;
export type Scope = keyof typeof scopeCatalogue;

const everyone = ['session:refresh', 'profile:read', 'profile:write'] as const;
const desk = [
  'meetings:read',
  'meetings:read-all',
  'meetings:create',
  'meetings:cancel',
  'meetings:end',
  'meetings:export',
  'directory:read',
  'directory:write',
  'catalog:read',
  'slots:read',
  'availability:read',
  'availability:write-all',
  'appointments:read',
  'appointments:read-all',
  'appointments:book',
  'appointments:manage',
  'patients:read',
  'patients:write',
  'queues:read',
  'ratings:read',
  'consents:read',
  'consents:write',
  'uploads:read',
  'uploads:read-all',
  'uploads:write',
  'uploads:manage',
  'documents:read',
  'cdt:read',
  'payments:read',
  'payments:read-all',
  'payments:pay',
  'payments:refund',
] as const;

export const scopesOfRole = {
  patient: [
    ...everyone,
    'chat:use',
    'meetings:read',
    'meetings:join',
    'meetings:cancel',
    'directory:read',
    'catalog:read',
    'slots:read',
    'appointments:read',
    'appointments:book',
    'consents:read',
    'consents:write',
    'uploads:read',
    'uploads:write',
    'documents:read',
    'payments:read',
    'payments:pay',
  ],
  doctor: [
    ...everyone,
    'chat:use',
    'meetings:read',
    'meetings:join',
    'meetings:start',
    'meetings:create',
    'meetings:cancel',
    'meetings:end',
    'directory:read',
    'catalog:read',
    'slots:read',
    'availability:read',
    'availability:write',
    'appointments:read',
    'appointments:book',
    'patients:read',
    'patients:write',
    'notes:read',
    'notes:write',
    'queues:read',
    'ratings:read',
    'consents:read',
    'consents:write',
    'uploads:read',
    'uploads:write',
    'documents:read',
    'documents:write',
    'documents:confirm',
    'cdt:read',
  ],
  lab: [...everyone, 'chat:use', 'directory:read', 'patients:read', 'uploads:read', 'uploads:write'],
  staff: [...everyone, 'chat:use', ...desk],
  admin: [
    ...everyone,
    'chat:use',
    'chat:read-exchanges',
    ...desk,
    'catalog:write',
    'notes:read-all',
    'documents:read-all',
    'cdt:write',
    'payments:reconcile',
    'tenant:read',
    'tenant:write',
    'users:read',
    'users:write',
    'roles:read',
    'roles:write',
    'api-keys:read',
    'api-keys:write',
    'audit:read',
    'audit:export',
  ],
} as const satisfies Record<Role, readonly Scope[]>;

/**
 * They reach no further than their holder's own account or record, so an administrator may give them without having them,
 * and a service, which has neither, gets none of them.
 */
export const personalScopes: ReadonlySet<string> = new Set<Scope>([
  ...everyone,
  'chat:use',
  'meetings:start',
  'meetings:join',
  'availability:write',
  'notes:read',
  'notes:write',
  'documents:write',
  'documents:confirm',
]);

export function isScope(name: string): name is Scope {
  return Object.hasOwn(scopeCatalogue, name);
}

/** Sorted, each once. `added` are those of the clinic's own roles; what is no scope (any more) is left out. */
export function scopesOf(roles: readonly Role[], added: readonly string[] = []): string[] {
  const own = roles.flatMap((role) => scopesOfRole[role]);
  return [...new Set<string>([...everyone, ...own, ...added.filter(isScope)])].toSorted();
}

/**
 * Whether a clinic that asks some roles for a second factor asks this person: for one of those roles, or for a scope by a role
 * of the clinic's own that no role gives but those. Else a role made of an administrator's scopes would go without.
 */
export function needsSecondFactor(
  requiredFor: readonly Role[],
  { roles, added }: { roles: readonly Role[]; added: readonly string[] },
): boolean {
  if (roles.some((role) => requiredFor.includes(role))) return true;
  if (added.length === 0) return false;
  const others = Object.keys(scopesOfRole).filter((role) => !requiredFor.includes(role as Role)) as Role[];
  const free = new Set(scopesOf(others));
  const guarded = new Set(scopesOf(requiredFor).filter((scope) => !free.has(scope)));
  return added.some((scope) => guarded.has(scope));
}

/** What is left to somebody who has to set the own account right first. */
export const accountScopes: readonly string[] = [...everyone].toSorted();
