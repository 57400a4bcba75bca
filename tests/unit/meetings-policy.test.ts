/** Who may do what with a meeting. */
import { describe, expect, it } from '@jest/globals';
import { scopesOf } from '../../src/identity/index.ts';
import { cancelsAs, endsAs, mayRead, maySchedule, seatOf } from '../../src/meetings/policy.ts';
import type { Actor, Role } from '../../src/platform/actor.ts';

const meeting = { doctorId: 'd-1', patientId: 'p-1' };

function actor(roles: Role[], own: Partial<Actor> = {}): Actor {
  return {
    kind: 'person',
    userId: 'u-1',
    tenantId: 't-1',
    roles,
    scopes: new Set(scopesOf(roles)),
    patientId: null,
    practitionerId: null,
    sessionId: 's-1',
    issuedAt: new Date(),
    expiresAt: new Date(),
    ...own,
  };
}

const people = {
  'the doctor': actor(['doctor'], { practitionerId: 'd-1' }),
  'another doctor': actor(['doctor'], { practitionerId: 'd-2' }),
  'a doctor without a record': actor(['doctor']),
  'the patient': actor(['patient'], { patientId: 'p-1' }),
  'another patient': actor(['patient'], { patientId: 'p-2' }),
  'a doctor who is the patient': actor(['doctor', 'patient'], { practitionerId: 'd-2', patientId: 'p-1' }),
  'a doctor who lost the role': actor(['lab'], { practitionerId: 'd-1' }),
  'an admin who is its doctor': actor(['admin', 'doctor'], { practitionerId: 'd-1' }),
  lab: actor(['lab']),
  staff: actor(['staff']),
  admin: actor(['admin']),
} as const;

describe('who may do what with a meeting', () => {
  it.each([
    // Who, whose seat is theirs, may read, ends it as, cancels it as, may schedule one of this doctor.
    ['the doctor', 'doctor', true, 'doctor', 'doctor', true],
    ['another doctor', null, false, null, null, false],
    ['a doctor without a record', null, false, null, null, false],
    ['the patient', 'patient', true, null, 'patient', false],
    ['another patient', null, false, null, null, false],
    ['a doctor who is the patient', 'patient', true, null, 'patient', false],
    ['a doctor who lost the role', null, false, null, null, false],
    ['an admin who is its doctor', 'doctor', true, 'doctor', 'doctor', true],
    ['lab', null, false, null, null, false],
    ['staff', null, true, 'staff', 'staff', true],
    ['admin', null, true, 'admin', 'admin', true],
  ] as const)('%s', (who, seat, reads, ends, cancels, schedules) => {
    const person = people[who];
    expect(seatOf(person, meeting)).toBe(seat);
    expect(mayRead(person, meeting)).toBe(reads);
    expect(endsAs(person, meeting)).toBe(ends);
    expect(cancelsAs(person, meeting)).toBe(cancels);
    expect(maySchedule(person, meeting)).toBe(schedules);
  });
});
