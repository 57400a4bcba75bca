import { describe, expect, test } from '@jest/globals';
import { callErrorCodes } from '../../signaling/protocol/index.ts';
import { Prisma } from '../../src/platform/db/client.ts';
import { AppError, type ErrorCode, errorCatalogue } from '../../src/platform/errors.ts';
import { problemType, toAppError } from '../../src/platform/http/problem.ts';

/** As the pg adapter makes them (prisma 7.10). */
function prismaError(code: string, originalCode?: string): Error {
  const meta =
    originalCode === undefined
      ? {}
      : { meta: { driverAdapterError: { cause: { originalCode, originalMessage: 'Key (email)=(a@b.example)' } } } };
  return new Prisma.PrismaClientKnownRequestError('Unique constraint failed on a@b.example', {
    code,
    clientVersion: '7',
    ...meta,
  });
}

describe('what was thrown, as a caller may see it', () => {
  test.each<[string, unknown, ErrorCode]>([
    ['a unique violation', prismaError('P2002', '23505'), 'ALREADY_EXISTS'],
    ['a unique violation in raw SQL', prismaError('P2010', '23505'), 'ALREADY_EXISTS'],
    ['an overlap', prismaError('P2039', '23P01'), 'CONFLICT'],
    ['a reference to nothing', prismaError('P2003', '23503'), 'CONFLICT'],
    ['a serialisation failure', prismaError('P2034', '40001'), 'UNAVAILABLE'],
    ['a deadlock', prismaError('P2010', '40P01'), 'UNAVAILABLE'],
    ['a transaction that took too long', prismaError('P2028'), 'UNAVAILABLE'],
    ['no database', prismaError('P1001'), 'UNAVAILABLE'],
    ['a database that shuts down', prismaError('P2010', '57P01'), 'UNAVAILABLE'],
    ['a character that it cannot keep', prismaError('P2010', '22021'), 'INVALID_INPUT'],
    ['a broken check, which is our fault', prismaError('P2039', '23514'), 'INTERNAL'],
    ['a right that is missing, which is our fault', prismaError('P2039', '42501'), 'INTERNAL'],
    ['a bug', new TypeError('x is not a function'), 'INTERNAL'],
    ['no error at all', 'a@b.example', 'INTERNAL'],
    ['nothing', undefined, 'INTERNAL'],
    ['an error of ours', new AppError('TOO_EARLY'), 'TOO_EARLY'],
  ])('%s', (_what, thrown, code) => {
    const error = toAppError(thrown);
    expect(error.code).toBe(code);
    expect(error.status).toBe(errorCatalogue[code].status);
    expect(error.message).not.toContain('a@b.example');
    expect(error.retryAfter).toBe(code === 'UNAVAILABLE' ? 1 : undefined);
  });
});

describe('the catalogue', () => {
  test('has every code that a call can be refused with', () => {
    for (const code of callErrorCodes) expect(Object.keys(errorCatalogue)).toContain(code);
  });

  test('names each problem by an address of its own', () => {
    const codes = Object.keys(errorCatalogue) as ErrorCode[];
    const types = codes.map(problemType);
    expect(new Set(types).size).toBe(codes.length);
    for (const type of types) expect(type).toMatch(/^\/problems\/[a-z-]+$/);
  });

  test('has codes of the agreed form and statuses of the contract', () => {
    const statuses = new Set([400, 401, 402, 403, 404, 405, 409, 413, 415, 421, 422, 429, 500, 503]);
    for (const [code, { status }] of Object.entries(errorCatalogue)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(statuses).toContain(status);
    }
  });
});
