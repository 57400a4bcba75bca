/** Scopes by the thing that they are about. Pure. */
import type { ScopeWords } from '../../api/admin.ts';

/** `meetings:read` is about `meetings`; in the catalogue's order. */
export function groupScopes(scopes: readonly ScopeWords[]): { about: string; scopes: ScopeWords[] }[] {
  const groups = new Map<string, ScopeWords[]>();
  for (const one of scopes) {
    const about = one.scope.slice(0, one.scope.indexOf(':'));
    groups.set(about, [...(groups.get(about) ?? []), one]);
  }
  return [...groups].map(([about, members]) => ({ about, scopes: members }));
}
