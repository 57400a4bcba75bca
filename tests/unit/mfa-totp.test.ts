import { describe, expect, test } from '@jest/globals';
import { newTotpSecret, totpStep, totpUri } from '../../src/identity/mfa/totp.ts';
import { toBase32, totp } from '../support/totp.ts';

/** RFC 6238, appendix B, for SHA-1; of its eight digits apps show the last six. */
const vectors = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const;
const secret = toBase32(Buffer.from('12345678901234567890'));
const at = (seconds: number) => new Date(seconds * 1_000);

describe('a code', () => {
  test.each(vectors)('is at %d s as RFC 6238 says', (seconds, digits) => {
    const code = digits.slice(-6);
    expect(totpStep(secret, code, at(seconds))).toBe(Math.floor(seconds / 30));
    expect(totp(secret, at(seconds))).toBe(code);
  });

  test('is taken one step early and late, and says which step it is of', () => {
    const now = 1_234_567_890;
    const step = Math.floor(now / 30);
    for (const off of [-1, 0, 1]) {
      expect(totpStep(secret, totp(secret, at(now + off * 30)), at(now))).toBe(step + off);
    }
    for (const off of [-3, -2, 2, 3, 2_880]) {
      expect(totpStep(secret, totp(secret, at(now + off * 30)), at(now))).toBeUndefined();
    }
  });

  test('of another secret, of another length or of no digits is none', () => {
    const now = at(1_234_567_890);
    const right = totp(secret, now);
    for (const code of [totp(newTotpSecret(), now), '', right.slice(1), `${right}0`, `0${right}`, '٠٠٥٩٢٤', 'abcdef']) {
      expect(totpStep(secret, code, now)).toBeUndefined();
    }
  });
});

test('a secret has 160 random bits', () => {
  const secrets = Array.from({ length: 50 }, newTotpSecret);
  expect(new Set(secrets).size).toBe(50);
  for (const one of secrets) expect(one).toMatch(/^[A-Z2-7]{32}$/);
});

test('the key URI is what apps read: the clinic, the account, the secret', () => {
  const uri = new URL(totpUri(secret, { issuer: 'Clinic: South & North', label: 'a+b@c.example' }));
  expect(uri.protocol).toBe('otpauth:');
  expect(decodeURIComponent(uri.pathname.split('/').at(-1) ?? '')).toBe('Clinic  South & North:a+b@c.example');
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'Clinic  South & North',
    secret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
