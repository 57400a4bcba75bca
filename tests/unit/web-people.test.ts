/** How old a patient is on the desk's pages. */
import { describe, expect, it } from '@jest/globals';
import { ageOn } from '../../web/src/features/patients/age.ts';
import { birthDay } from '../../web/src/features/patients/birth-day.ts';

describe('an age', () => {
  it('is in whole years on the day of the clinic’s calendar, and never less than 0', () => {
    const cases: [string, string, number][] = [
      ['2008-11-22', '2026-11-22', 18],
      ['2008-11-23', '2026-11-22', 17],
      ['2008-02-29', '2026-02-28', 17],
      ['2008-02-29', '2026-03-01', 18],
      ['1926-01-01', '2026-11-22', 100],
      ['2026-11-23', '2026-11-22', 0],
    ];
    for (const [born, today, age] of cases)
      expect({ born, today, age: ageOn(born, today) }).toEqual({ born, today, age });
  });

  it('begins on a day that is the same wherever it is read', () => {
    expect(birthDay('2012-02-29', 'en-IN')).toBe('29 February 2012');
    expect(birthDay('1899-12-31', 'en-US')).toBe('December 31, 1899');
  });
});
