/** Scopes by the thing that they are about. Pure. */
import type { Roles, ScopeWords } from '../../api/admin.ts';

/** `meetings:read` is about `meetings`; in the catalogue's order. */
export function groupScopes(scopes: readonly ScopeWords[]): { about: string; scopes: ScopeWords[] }[] {
  const groups = new Map<string, ScopeWords[]>();
  for (const one of scopes) {
    const about = one.scope.slice(0, one.scope.indexOf(':'));
    groups.set(about, [...(groups.get(about) ?? []), one]);
  }
  return [...groups].map(([about, members]) => ({ about, scopes: members }));
}

/** The scopes that make a difference: not those of the own account, which everybody has with any role. */
export function worthGiving({ builtIn, scopes }: Pick<Roles, 'builtIn' | 'scopes'>): ScopeWords[] {
  const isEverybodys = (scope: string) => builtIn.every((role) => role.scopes.includes(scope));
  return scopes.filter(({ scope, personal }) => !personal || !isEverybodys(scope));
}
