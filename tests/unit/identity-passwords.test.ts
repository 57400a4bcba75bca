import { describe, expect, test } from '@jest/globals';
import { hash, verify } from '@node-rs/bcrypt';
import { createPasswords } from '../../src/identity/auth/passwords.ts';
import { passwordFaults } from '../../src/identity/auth/schema.ts';

function counting() {
  const seen: { verified: string[]; hashedAt: number[] } = { verified: [], hashedAt: [] };
  const bcrypt = {
    hash: (password: string, options: { cost: number }) => {
      seen.hashedAt.push(options.cost);
      return hash(password, options);
    },
    verify: (password: string, stored: string) => {
      seen.verified.push(stored);
      return verify(password, stored);
    },
  };
  return { seen, passwords: createPasswords({ cost: 4, bcrypt }) };
}

describe('verifying', () => {
  test('the right password is right and another is wrong', async () => {
    const { passwords } = counting();
    const stored = await passwords.hash('Right-One-1');
    expect(await passwords.verify('Right-One-1', stored)).toBe(true);
    expect(await passwords.verify('Wrong-One-1', stored)).toBe(false);
  });

  test('without a hash bcrypt runs once, at the same cost, and the answer is no', async () => {
    const { passwords, seen } = counting();
    expect(await passwords.verify('Whatever-1', undefined)).toBe(false);
    expect(seen.verified).toHaveLength(1);
    expect(seen.verified[0]).toMatch(/^\$2b\$04\$/);
    expect(seen.hashedAt).toEqual([4]);
    await passwords.verify('Whatever-2', undefined);
    expect(seen.verified).toHaveLength(2);
    expect(seen.hashedAt).toHaveLength(1);
  });

  test('what follows the 72 bytes that bcrypt reads does not open the door', async () => {
    const { passwords, seen } = counting();
    const longest = `Aa-1${'x'.repeat(68)}`;
    const stored = await passwords.hash(longest);
    expect(await passwords.verify(longest, stored)).toBe(true);
    expect(await passwords.verify(`${longest}y`, stored)).toBe(false);
    expect(seen.verified).toHaveLength(2);
  });

  test('a stored hash that is none is a no, not an error', async () => {
    expect(await counting().passwords.verify('Right-One-1', 'not a hash')).toBe(false);
  });
});

test('the cost in production is 12', async () => {
  const costs: number[] = [];
  const bcrypt = {
    hash: async (_password: string, options: { cost: number }) => {
      costs.push(options.cost);
      return '';
    },
    verify,
  };
  await createPasswords({ bcrypt }).hash('x');
  expect(costs).toEqual([12]);
});

describe('the rules', () => {
  const owner = { email: 'Ana.Ng1!x@b.example', displayName: 'Dr. Ana Ng 1' };

  test.each(['Ana.Ng1!x@b.example', 'aNA.nG1!X@B.EXAMPLE', 'Ana.Ng1!x', 'Ana.Ng1!X'])(
    'the address is none: %s',
    (password) => {
      expect(passwordFaults(password, owner)).toEqual(['Must not be the e-mail address']);
    },
  );

  test('nor is the name', () => {
    expect(passwordFaults('dr. Ana Ng 1', owner)).toEqual(['Must not be the name']);
    expect(passwordFaults('Dr. Ana Ng 1 and more', owner)).toEqual([]);
  });

  test.each(['Long-Enough-1', 'Ünïcode-7x', 'with space A1', '🙂Aaaaaa1', `Aa-1${'x'.repeat(68)}`])(
    '%s will do',
    (password) => {
      expect(passwordFaults(password, owner)).toEqual([]);
    },
  );

  test('length is counted in characters at the low end and in bytes at the high end', () => {
    expect(passwordFaults('🙂🙂Aa1', owner)).toEqual(['Must have at least 8 characters']);
    expect(passwordFaults(`Aa-1${'ü'.repeat(35)}`, owner)).toEqual(['Must have at most 72 bytes']);
  });

  test('every rule that is broken is named', () => {
    expect(passwordFaults('', owner)).toHaveLength(5);
  });
});
