/** Whom a clinic that asks some roles for a second factor asks. */
import { expect, test } from '@jest/globals';
import { needsSecondFactor, scopeCatalogue, scopesOfRole } from '../../src/identity/auth/scopes.ts';
import { roles } from '../../src/platform/actor.ts';

test('a role is asked if and only if it is named', () => {
  for (const asked of roles)
    for (const role of roles) expect(needsSecondFactor([asked], { roles: [role], added: [] })).toBe(role === asked);
  for (const role of roles)
    expect(needsSecondFactor([], { roles: [role], added: Object.keys(scopeCatalogue) })).toBe(false);
});

test('a role of the clinic’s own that holds what only an administrator may is asked as one', () => {
  for (const scope of ['users:write', 'audit:read', 'tenant:write', 'api-keys:write'])
    expect({ scope, asked: needsSecondFactor(['admin'], { roles: [], added: [scope] }) }).toEqual({
      scope,
      asked: true,
    });
});

test('what roles may that are not asked needs none', () => {
  const added = [...scopesOfRole.staff];
  expect(needsSecondFactor(['admin'], { roles: ['lab'], added })).toBe(false);
  expect(needsSecondFactor(['admin', 'staff'], { roles: ['lab'], added })).toBe(true);
});
