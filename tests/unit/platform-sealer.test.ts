import { describe, expect, test } from '@jest/globals';
import { createSealer, SealError } from '../../src/platform/sealer.ts';

const [one, two] = ['the first key of this test which is long', 'the second key of this test which is long'];

describe('what was sealed', () => {
  const sealer = createSealer(one, 'test');

  test('opens again, whatever it is', () => {
    for (const text of ['', 'a', 'Kamala 🙂 ümläut', 'x'.repeat(100_000)]) {
      const sealed = sealer.seal(text, 'row 1');
      expect(sealer.open(sealed, 'row 1')).toBe(text);
    }
  });

  test('cannot be read', () => {
    const sealed = sealer.seal('Kamala Iyer, 4 Lake Road', 'row 1');
    for (const word of ['Kamala', 'Iyer', 'Lake']) expect(sealed.includes(word)).toBe(false);
  });

  test('looks different each time', () => {
    expect(sealer.seal('same', 'row 1')).not.toEqual(sealer.seal('same', 'row 1'));
  });

  test('opens nowhere else, and for no other purpose', () => {
    const sealed = sealer.seal('secret', 'row 1');
    expect(() => sealer.open(sealed, 'row 2')).toThrow(SealError);
    expect(() => createSealer(one, 'other').open(sealed, 'row 1')).toThrow(SealError);
  });

  test('does not open when any single byte was changed or cut off', () => {
    const sealed = sealer.seal('secret', 'row 1');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => sealer.open(changed, 'row 1')).toThrow(SealError);
      expect(() => sealer.open(sealed.subarray(0, at), 'row 1')).toThrow(SealError);
    }
  });
});

describe('rotating the key', () => {
  test('the new one seals, the old one still opens, and without it nothing of it does', () => {
    const old = createSealer(one, 'test').seal('secret', 'row');
    const both = createSealer(` ${two} , ${one}`, 'test');
    expect(both.open(old, 'row')).toBe('secret');
    const fresh = both.seal('secret', 'row');
    expect(createSealer(two, 'test').open(fresh, 'row')).toBe('secret');
    expect(() => createSealer(two, 'test').open(old, 'row')).toThrow('a key that is not among the present ones');
    expect(() => createSealer(one, 'test').open(fresh, 'row')).toThrow(SealError);
  });

  test('a short key is refused by its variable, and not repeated', () => {
    expect(() => createSealer(`${one},short-one`, 'test')).toThrow(/^ENCRYPTION_KEY: each key must have at least 32/);
    expect(() => createSealer(`${one},short-one`, 'test')).not.toThrow('short-one');
    expect(() => createSealer(' , ', 'test')).toThrow('ENCRYPTION_KEY');
  });
});
