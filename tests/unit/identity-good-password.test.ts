/** Which passwords are too easy to guess, and what judging them costs. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { knownWords, requireGoodPassword } from '../../src/identity/accounts/good-password.ts';
import { StrengthMeter } from '../../src/identity/accounts/strength-meter.ts';
import type { AppError } from '../../src/platform/errors.ts';

const meter = new StrengthMeter();
afterAll(() => meter.close());

const owner = {
  email: 'kamala.iyer@mail.example',
  displayName: 'Kamala Iyer',
  clinic: ['Sunrise Dental Care', 'sunrise'],
};
const judged = (password: string) =>
  requireGoodPassword(meter, password, owner).then(
    () => [],
    (error: AppError) => (error.faults ?? []).map(({ message }) => message),
  );

describe('a password', () => {
  test.each(['Housecall-Demo-1', 'Test-Password-1', 'Seven-Green-Boats-7', 'with space A1', 'Ünïcode-7x', 'kX9$mQ2!'])(
    'like %s will do',
    async (password) => {
      expect(await judged(password)).toEqual([]);
    },
  );

  test.each([
    ['Password-1', 'commonly used'],
    ['P@ssw0rd1', 'commonly used'],
    ['Qwerty123!', ''],
    ['Abcdefg1!', ''],
    ['Aaaaaaa1!', ''],
    ['Welcome1!', 'commonly used'],
    ['Iloveyou1!', 'commonly used'],
    ['Admin@123', 'commonly used'],
    ['Summer2026!', ''],
    ['Kamala1980!', ''],
    ['Kamala.Iyer1', ''],
    ['Sunrise1!', ''],
    [`Aa1!${'Aa1!'.repeat(17)}`, 'Repeated'],
  ])('like %s is too easy to guess, and the message says so without repeating it', async (password, reason) => {
    const [message, ...rest] = await judged(password);
    expect(message).toMatch(/^Is too easy to guess\./);
    expect(message).toContain(reason);
    expect(message?.toLowerCase()).not.toContain(password.toLowerCase());
    expect(rest).toEqual([]);
  });

  test('that breaks a written rule is answered with that, and not judged', async () => {
    const asked: string[] = [];
    const strength = {
      judge: async (password: string) => {
        asked.push(password);
        return { guessesLog10: 20, reasons: [] };
      },
    };
    await expect(requireGoodPassword(strength, 'x'.repeat(1_000), owner)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(asked).toEqual([]);
  });
});

test('what everybody would try are few words, whole and in parts', () => {
  expect(knownWords(['Kamala Iyer', 'ka', 'sunrise-dental'])).toEqual([
    'kamala iyer',
    'kamala',
    'iyer',
    'sunrise-dental',
    'sunrise',
    'dental',
  ]);
  expect(knownWords([Array.from({ length: 300 }, (_, n) => `word${n}`).join(' ')]).length).toBeLessThanOrEqual(50);
});

describe('judging', () => {
  test('does not hold up the event loop, whatever the password', async () => {
    await meter.judge('warm', []);
    const hard = [
      'P4$$w0rD-'.repeat(8),
      'Zq7!vB2#kL9$wX4%'.repeat(4),
      '1@3$5^7*'.repeat(9),
      'aA1!'.repeat(18),
      '2001-01-01'.repeat(7),
    ];
    let turns = 0;
    const count = setInterval(() => {
      turns += 1;
    }, 1);
    for (const password of hard) await meter.judge(password, knownWords(Object.values(owner).flat()));
    clearInterval(count);
    // In the loop itself there would be no turn at all in the tens of milliseconds that each of these takes.
    expect(turns).toBeGreaterThan(hard.length);
  });

  test('refuses what would wait too long, and everything once closed', async () => {
    const own = new StrengthMeter();
    const many = Array.from({ length: 50 }, (_, n) => own.judge(`Number-${n}`, []));
    expect(() => own.judge('one-more', [])).toThrow('Try again.');
    const closed = Promise.allSettled(many);
    await own.close();
    const outcomes = await closed;
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect(() => own.judge('late', [])).toThrow('stopping');
    await own.close();
  });
});
