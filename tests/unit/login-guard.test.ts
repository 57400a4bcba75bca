import { describe, expect, jest, test } from '@jest/globals';
import { createLoginGuard, type LoginGuard } from '../../src/identity/index.ts';

const owner = 'owner@clinic.example';
const home = '198.51.100.1';

const isLetThrough = (guard: LoginGuard, address: string, email = owner): Promise<boolean> =>
  guard.attempt(email, address).then(
    () => true,
    () => false,
  );

/** Seconds to wait, or 0 when the attempt may be made. */
async function wait(guard: LoginGuard, address: string, email = owner): Promise<number> {
  try {
    await guard.attempt(email, address);
    return 0;
  } catch (error) {
    return Math.ceil((error as { retryAfter: number }).retryAfter);
  }
}

async function attack(
  guard: LoginGuard,
  attempts: number,
  email: (n: number) => string,
  address: (n: number) => string,
) {
  for (let n = 0; n < attempts; n += 1) await isLetThrough(guard, address(n), email(n));
}

describe('the login guard', () => {
  test('pauses grow with each failure up to the longest, and one try is let through after each', async () => {
    jest.useFakeTimers();
    try {
      const guard = createLoginGuard({ failures: 3, firstPause: 30, longestPause: 100 });
      const pauses: number[] = [];
      for (let failure = 0; failure < 7; failure += 1) {
        expect(await wait(guard, home)).toBe(0);
        if (failure < 2) continue;
        const pause = await wait(guard, home);
        // A refused attempt is no failure: asking again does not make the pause longer.
        expect(await wait(guard, home)).toBe(pause);
        pauses.push(pause);
        jest.advanceTimersByTime(pause * 1_000 + 1);
      }
      expect(pauses).toEqual([30, 60, 100, 100, 100]);
    } finally {
      jest.useRealTimers();
    }
  });

  test('a right password forgets the failures from that address', async () => {
    const guard = createLoginGuard({ failures: 2 });
    expect(await isLetThrough(guard, home)).toBe(true);
    await guard.succeeded(owner, home);
    expect([await isLetThrough(guard, home), await isLetThrough(guard, home)]).toEqual([true, true]);
    expect(await isLetThrough(guard, home)).toBe(false);
  });

  test('spellings that find one account are one account', async () => {
    const guard = createLoginGuard({ failures: 1 });
    expect(await isLetThrough(guard, home, 'admin@clinic.example')).toBe(true);
    for (const email of ['ADM\u0130N@clinic.example', ' Admin@clin\u0130c.example ', 'ADMIN@CLINIC.EXAMPLE'])
      expect({ email, through: await isLetThrough(guard, home, email) }).toEqual({ email, through: false });
  });

  test('an account attacked from a thousand addresses makes each new one pause after its first try', async () => {
    const guard = createLoginGuard({ failures: 10, ofAccount: 50 });
    await attack(
      guard,
      1_000,
      () => owner,
      (n) => `203.0.113.${n % 250}:${n}`,
    );
    expect(await isLetThrough(guard, '192.0.2.77')).toBe(true);
    // 30 s doubled for each doubling of 50 failures.
    expect(await wait(guard, '192.0.2.77')).toBeGreaterThan(30 * 2 ** 3);
  });

  test('nobody can lock the owner out: a known address feels nothing, a new one always has a try', async () => {
    const guard = createLoginGuard({ failures: 10, ofAccount: 50 });
    await guard.attempt(owner, home);
    await guard.succeeded(owner, home);
    await attack(
      guard,
      2_000,
      () => owner,
      (n) => `203.0.113.${n % 250}:${n}`,
    );
    for (let n = 0; n < 10; n += 1) expect(await isLetThrough(guard, home)).toBe(true);
    expect(await isLetThrough(guard, home)).toBe(false);
    expect(await isLetThrough(guard, '192.0.2.200')).toBe(true);
  });

  test('an address that tries one account after another pauses, and does not take those who are known there with it', async () => {
    const guard = createLoginGuard({ ofAddress: 100 });
    await guard.attempt(owner, home);
    await guard.succeeded(owner, home);
    await attack(
      guard,
      150,
      (n) => `victim-${n}@clinic.example`,
      () => home,
    );
    expect(await isLetThrough(guard, home, 'next@clinic.example')).toBe(true);
    expect(await isLetThrough(guard, home, 'next@clinic.example')).toBe(false);
    for (let n = 0; n < 5; n += 1) expect(await isLetThrough(guard, home)).toBe(true);
  });

  test('the addresses of one IPv6 subscriber count as one', async () => {
    const guard = createLoginGuard({ failures: 2 });
    await attack(
      guard,
      2,
      () => owner,
      (n) => `2001:db8:0:1::${n}`,
    );
    expect(await isLetThrough(guard, '2001:db8:0:1:ffff::9')).toBe(false);
    expect(await isLetThrough(guard, '2001:db8:0:2::9')).toBe(true);
  });
});
