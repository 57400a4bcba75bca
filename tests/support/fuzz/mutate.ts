/** Takes a right value and spoils it in one place. */
import * as fc from 'fast-check';
import { canary } from './canary.ts';
import { hostile, withOwnKey } from './hostile.ts';

export type Mutation =
  | { kind: 'replace' | 'remove' | 'wrap' | 'repeat' | 'stringify'; at: number; value: unknown }
  | { kind: 'add'; at: number; key: string; value: unknown };

const strangeKeys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '', '0', '$where', canary];

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('replace' as const), at: fc.nat(), value: hostile }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('remove' as const, 'wrap' as const, 'repeat' as const, 'stringify' as const),
      at: fc.nat(),
      value: fc.constant(undefined),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      at: fc.nat(),
      key: fc.constantFrom(...strangeKeys),
      value: hostile,
    }),
  },
);

/** A spoilt copy; what it was made from stays as it is. `at` chooses the place, modulo the places there are. */
export function mutate(value: unknown, mutation: Mutation): unknown {
  const places = placesIn(value);
  const place = places[mutation.at % places.length] ?? [];
  return at(value, place, (found) => spoil(found, mutation));
}

const gone = Symbol('gone');

function spoil(found: unknown, mutation: Mutation): unknown {
  switch (mutation.kind) {
    case 'replace':
      return mutation.value;
    case 'remove':
      return gone;
    case 'wrap':
      return [found];
    case 'repeat':
      return Array.from({ length: 300 }, () => found);
    case 'stringify':
      return JSON.stringify(found) ?? 'undefined';
    case 'add':
      if (!isPlain(found)) return { [mutation.key]: mutation.value };
      return Object.defineProperties(
        { ...found },
        Object.getOwnPropertyDescriptors(withOwnKey(mutation.key, mutation.value)),
      );
  }
}

type Path = readonly (string | number)[];

/** Every place in the value, the whole of it first. Not into the depths of what is hostile already. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (path.length > 8) return [path];
  if (Array.isArray(value))
    return [path, ...value.slice(0, 20).flatMap((child, index) => placesIn(child, [...path, index]))];
  if (!isPlain(value)) return [path];
  return [path, ...Object.keys(value).flatMap((key) => placesIn(value[key], [...path, key]))];
}

function at(value: unknown, path: Path, change: (found: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    const changed = change(value);
    return changed === gone ? undefined : changed;
  }
  if (Array.isArray(value) && typeof key === 'number') {
    const changed = value.map((child, index) => (index === key ? step(child, rest, change) : child));
    return changed.filter((child) => child !== gone);
  }
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([name, child]) => [
    name,
    name === key ? step(child, rest, change) : child,
  ]);
  return Object.fromEntries(entries.filter(([, child]) => child !== gone));
}

function step(child: unknown, rest: Path, change: (found: unknown) => unknown): unknown {
  return rest.length === 0 ? change(child) : at(child, rest, change);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
