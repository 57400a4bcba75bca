/** The parts of the administration and who sees them. */
import { paths } from './paths.ts';

const all = [
  { name: 'users', path: paths.users, scope: 'users:read' },
  { name: 'roles', path: paths.roles, scope: 'roles:read' },
  { name: 'apiKeys', path: paths.apiKeys, scope: 'api-keys:read' },
  { name: 'clinic', path: paths.clinic, scope: 'tenant:read' },
  { name: 'codes', path: paths.cdtCodes, scope: 'cdt:write' },
  { name: 'codeRules', path: paths.cdtRules, scope: 'cdt:write' },
  { name: 'exchanges', path: paths.exchanges, scope: 'chat:read-exchanges' },
  { name: 'audit', path: paths.audit, scope: 'audit:read' },
] as const;

export type Section = (typeof all)[number];

export function sectionsOf({ scopes }: { scopes: readonly string[] }): Section[] {
  return all.filter(({ scope }) => scopes.includes(scope));
}
