import { beforeEach, describe, expect, test } from '@jest/globals';
import { rememberVerified } from '../../src/identity/auth/verified-tokens.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { AppError } from '../../src/platform/errors.ts';

let now = new Date('2026-11-22T10:00:00Z');
let asked: string[] = [];
beforeEach(() => {
  now = new Date('2026-11-22T10:00:00Z');
  asked = [];
});

const expiresAt = new Date('2026-11-22T10:30:00Z');
const verify = async (token: string): Promise<Actor> => {
  asked.push(token);
  if (token === 'bad' || now >= expiresAt) throw new AppError('UNAUTHENTICATED');
  return { userId: token, expiresAt } as Actor;
};
const remembering = (most?: number) =>
  rememberVerified(verify, { clock: { now: () => now }, ...(most !== undefined && { most }) });

describe('remembering verified tokens', () => {
  test('verifies each once and tells them apart', async () => {
    const remembered = remembering();
    for (const token of ['a', 'b', 'a', 'b']) expect((await remembered(token)).userId).toBe(token);
    expect(asked).toEqual(['a', 'b']);
  });

  test('ends with the token, to the millisecond', async () => {
    const remembered = remembering();
    await remembered('a');
    now = new Date(expiresAt.getTime() - 1);
    await remembered('a');
    expect(asked).toHaveLength(1);
    now = expiresAt;
    await expect(remembered('a')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(asked).toHaveLength(2);
  });

  test('never remembers a token that was refused', async () => {
    const remembered = remembering();
    for (const _ of [1, 2]) await expect(remembered('bad')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(asked).toEqual(['bad', 'bad']);
  });

  test('keeps no more than so many, the latest', async () => {
    const remembered = remembering(2);
    for (const token of ['a', 'b', 'c', 'b', 'c', 'a']) await remembered(token);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
