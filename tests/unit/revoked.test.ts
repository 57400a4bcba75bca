import { expect, test } from '@jest/globals';
import type { RevocationFact } from '../../src/identity/sessions/revoke.ts';
import { Revoked } from '../../src/identity/sessions/revoked.ts';
import type { Actor } from '../../src/platform/actor.ts';

const actor = (own: Partial<Actor> = {}): Actor => ({
  kind: 'person',
  userId: 'u',
  tenantId: 't',
  roles: [],
  scopes: new Set(),
  patientId: null,
  practitionerId: null,
  sessionId: 's',
  issuedAt: new Date(1_000),
  expiresAt: new Date(9_000),
  ...own,
});
const fact = (own: Partial<RevocationFact>): RevocationFact => ({
  tenantId: 't',
  kind: 'user',
  subjectId: 'u',
  atMs: 2_000,
  untilMs: 5_000,
  ...own,
});

test('an ended sign-in outweighs an outdated token', () => {
  const revoked = new Revoked();
  revoked.add(fact({ kind: 'access' }));
  expect(revoked.standing(actor())).toBe('outdated');
  revoked.add(fact({ kind: 'user' }));
  expect(revoked.standing(actor())).toBe('ended');
});

test('an older word on a user adds nothing, a newer one covers it', () => {
  const revoked = new Revoked();
  expect(revoked.add(fact({ atMs: 2_000 }))).toBe(true);
  expect(revoked.add(fact({ atMs: 2_000 }))).toBe(false);
  expect(revoked.add(fact({ atMs: 1_500 }))).toBe(false);
  expect(revoked.standing(actor({ issuedAt: new Date(1_999) }))).toBe('ended');
  expect(revoked.standing(actor({ issuedAt: new Date(2_000) }))).toBeUndefined();
  expect(revoked.add(fact({ atMs: 3_000 }))).toBe(true);
  expect(revoked.standing(actor({ issuedAt: new Date(2_000) }))).toBe('ended');
});

test('a sign-in that ended takes its tokens along whenever they were issued', () => {
  const revoked = new Revoked();
  revoked.add(fact({ kind: 'session', subjectId: 's' }));
  expect(revoked.standing(actor({ issuedAt: new Date(8_000) }))).toBe('ended');
  expect(revoked.standing(actor({ sessionId: 'u' }))).toBeUndefined();
});

test('the same id in another clinic is somebody else', () => {
  const revoked = new Revoked();
  for (const kind of ['user', 'session', 'access'] as const) {
    revoked.add(fact({ tenantId: 'other', kind, subjectId: kind === 'session' ? 's' : 'u' }));
  }
  expect(revoked.standing(actor())).toBeUndefined();
});

test('what every token has outlived is forgotten, and nothing else', () => {
  const revoked = new Revoked();
  revoked.add(fact({ untilMs: 5_000 }));
  revoked.add(fact({ kind: 'session', subjectId: 's', untilMs: 6_000 }));
  revoked.forget(5_001);
  expect(revoked.add(fact({ untilMs: 5_000 }))).toBe(true);
  expect(revoked.standing(actor())).toBe('ended');
  revoked.forget(7_000);
  expect(revoked.standing(actor())).toBeUndefined();
});
