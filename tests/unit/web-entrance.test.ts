/** The ways to an account in the browser: what a password needs, and where a mailed link keeps its token. */
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { passwordFaults } from '../../src/identity/auth/schema.ts';
import { tokenInHash, tokenInIntent } from '../../web/src/features/entrance/link-token.ts';
import { isGoodEnough, keptRules } from '../../web/src/features/entrance/password-rules.ts';

const owner = { email: 'Kamala@Mail.example', displayName: 'Kamala Das 1!' };

describe('what a password needs', () => {
  it('is told while it is typed', () => {
    expect([...keptRules('', owner)]).toEqual([]);
    expect([...keptRules('boat', owner)]).toEqual(['lower', 'notYou']);
    expect([...keptRules('Seven-Boats-7', owner)]).toEqual(['length', 'upper', 'lower', 'digit', 'symbol', 'notYou']);
    expect(keptRules('kamala@mail.example', owner).has('notYou')).toBe(false);
    expect(keptRules('KAMALA', owner).has('notYou')).toBe(false);
    expect(keptRules('kamala das 1!', owner).has('notYou')).toBe(false);
  });

  it('is what the server asks for, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string({ maxLength: 90, unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('a', 'A', '7', '-', ' ', 'é', 'ß', 'Ж', '字', '٣', '😀', 'ﬁ'), { maxLength: 80 })
        .map((all) => all.join('')),
      fc.constantFrom('Kamala Das 1!', 'kamala', 'Aa1!'.repeat(18), `${'Aa1!'.repeat(18)}x`),
    );
    fc.assert(
      fc.property(typed, (password) => {
        expect(isGoodEnough(password, owner)).toBe(passwordFaults(password, owner).length === 0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the token of a mailed link', () => {
  it('stands behind the # and nowhere else', () => {
    expect(tokenInHash('#token=hca_ab-CD_1.x')).toBe('hca_ab-CD_1.x');
    expect(tokenInHash('')).toBeNull();
    expect(tokenInHash('#token=')).toBeNull();
    expect(tokenInHash('#token=<img>')).toBeNull();
    expect(tokenInHash(`#token=${'a'.repeat(201)}`)).toBeNull();
  });

  it('is found again in the history entry after a reload', () => {
    expect(tokenInIntent({ token: 'hca_1' })).toBe('hca_1');
    for (const other of [null, undefined, 'hca_1', {}, { token: 7 }]) expect(tokenInIntent(other)).toBeNull();
  });
});
