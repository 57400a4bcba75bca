import { afterEach, describe, expect, test } from '@jest/globals';
import { verify } from '@node-rs/bcrypt';
import { type HashThreadOptions, HashThreads } from '../../src/identity/auth/hash-threads.ts';
import { createPasswords } from '../../src/identity/auth/passwords.ts';

const open: HashThreads[] = [];
const start = (options?: HashThreadOptions): HashThreads => {
  const threads = new HashThreads(options);
  open.push(threads);
  return threads;
};
afterEach(async () => {
  for (const threads of open.splice(0)) await threads.close();
});

describe('bcrypt on its own threads', () => {
  test('hashes and compares as bcrypt does', async () => {
    const threads = start();
    const stored = await threads.hash('Right-One-1', { cost: 4 });
    expect(await verify('Right-One-1', stored)).toBe(true);
    expect(await threads.verify('Right-One-1', stored)).toBe(true);
    expect(await threads.verify('Wrong-One-1', stored)).toBe(false);
    expect(await threads.verify('Right-One-1', 'not a hash')).toBe(false);
  });

  test('beyond what may wait, it refuses at once with a time to come back, and works on', async () => {
    const threads = start({ threads: 1, waiting: 2 });
    const begun = Array.from({ length: 10 }, () => threads.hash('x', { cost: 9 }));
    const settled = await Promise.allSettled(begun);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const one of settled.filter((answer) => answer.status === 'rejected'))
      expect(one.reason).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 2 });
    expect(await threads.hash('x', { cost: 4 })).toMatch(/^\$2b\$04\$/);
  });

  test('the event loop goes on meanwhile', async () => {
    const threads = start({ threads: 1 });
    let turns = 0;
    const hashed = threads.hash('x', { cost: 10 });
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await hashed;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  test('a refusal while the first unknown account is looked at does not spoil the later ones', async () => {
    const threads = start({ threads: 1, waiting: 1 });
    const passwords = createPasswords({ cost: 4, bcrypt: threads });
    const busy = [threads.hash('x', { cost: 10 }), threads.hash('x', { cost: 4 })];
    await expect(passwords.verify('x', undefined)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(() => passwords.requireRoom()).toThrow('Too many people');
    await Promise.all(busy);
    expect(await passwords.verify('x', undefined)).toBe(false);
  });

  test('closing refuses what waits, and what comes after', async () => {
    const threads = start({ threads: 1 });
    const late = threads.hash('x', { cost: 14 });
    const closed = threads.close();
    await expect(late).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await closed;
    await threads.close();
    await expect(threads.hash('x', { cost: 4 })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
