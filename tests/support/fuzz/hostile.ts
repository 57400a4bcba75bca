/** Values that have broken servers before. */
import * as fc from 'fast-check';
import { canary, canaryText } from './canary.ts';

/** JSON.parse makes such keys, an object literal does not. */
export function withOwnKey(key: string, value: unknown): Record<string, unknown> {
  return Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true });
}

export function nested(depth: number, asObject = false): unknown {
  let value: unknown = canary;
  for (let level = 0; level < depth; level += 1) value = asObject ? { [canary]: value } : [value];
  return value;
}

const texts = [
  '',
  ' ',
  '\0',
  `${canary}\0${canary}`,
  `${canary}\ud800`,
  `\udfff${canary}`,
  `${canary}\u202e\u0000`,
  `${canary}\r\nX-Injected: 1`,
  `${canary}'; drop table meeting; --`,
  `=HYPERLINK("http://${canary}.example")`,
  `../../../../etc/${canary}`,
  `<img src=x onerror=${canary}>`,
  `\${7*7}{{7*7}}${canary}`,
  `%00%0d%0a${canary}`,
  canary.repeat(1_000),
  `${canary}${'👩‍⚕️'.repeat(400)}`,
  'null',
  'NaN',
  '[object Object]',
  '__proto__',
];
const instants = [
  '0000-01-01T00:00:00.000Z',
  '0001-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00.000Z',
  '-271821-04-20T00:00:00.000Z',
  '2026-02-30T00:00:00.000Z',
  '2026-13-45T99:99:99.999Z',
  '2026-11-21T24:00:00.000Z',
  '2199-12-31T23:59:59.999Z',
  '1900-01-01T00:00:00.000-23:59',
];
const ids = [
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'FFFFFFFF-FFFF-7FFF-BFFF-FFFFFFFFFFFF',
  '019ab000-0000-7000-8000-00000000000',
  '{019ab000-0000-7000-8000-000000000000}',
];
const numbers = [
  -0,
  -1,
  1.5,
  1e308,
  -1e308,
  Number.NaN,
  Infinity,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 53,
  2 ** 64,
  5e-324,
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...texts, ...instants, ...ids), canaryText());

/** Anything that JSON can say, and some things that it cannot. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: hostileText },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...numbers) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(null, undefined, true, false, [], {}, [[]], [null], [canary, canary]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...[10, 500, 2_000].flatMap((depth) => [nested(depth), nested(depth, true)])),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      withOwnKey('__proto__', { [canary]: true, isAdmin: true, scopes: ['tenant:write'] }),
      { constructor: { prototype: { [canary]: true } } },
      { toString: canary, valueOf: canary, length: 1e9 },
      withOwnKey('then', canary),
      { toJSON: canary },
      { $ne: null, $gt: '' },
      Array.from({ length: 2_000 }, (_, index) => index),
      Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`${canary}${index}`, index])),
    ),
  },
);
