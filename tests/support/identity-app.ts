/** The sign-in routes on a real database, without the rest of the server. */
import { hash, verify } from '@node-rs/bcrypt';
import type { AppDeps } from '../../src/app.ts';
import {
  ApiKeyVerifier,
  createPasswords,
  type IdentityDeps,
  identityRoutes,
  noLoginGuard,
  RevocationList,
  refusingRevoked,
  StrengthMeter,
} from '../../src/identity/index.ts';
import { Afterwards } from '../../src/platform/afterwards.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { noPostbox } from '../../src/platform/mail/postbox.ts';
import { createSealer } from '../../src/platform/sealer.ts';
import { createPatient } from '../../src/records/index.ts';
import { createPractitioner } from '../../src/scheduling/directory/index.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { memoryLogger, type ServedApp, serveApp } from './serve-app.ts';
import { testTokens } from './tenant.ts';

export interface IdentityApp extends ServedApp {
  db: TestDatabase;
  /** How often bcrypt compared, so far. */
  comparisons(): number;
}

export async function serveIdentity(
  deps: Partial<IdentityDeps> = {},
  app: Partial<AppDeps> = {},
): Promise<IdentityApp> {
  const db = await createTestDatabase();
  const { database } = db;
  let compared = 0;
  const counted = (password: string, stored: string) => {
    compared += 1;
    return verify(password, stored);
  };
  const clock: Clock = { now: () => new Date() };
  const apiKeys = new ApiKeyVerifier({ database, logger: memoryLogger().logger });
  const strength = new StrengthMeter();
  const routes = identityRoutes({
    database,
    tokens: testTokens,
    passwords: createPasswords({ cost: 4, bcrypt: { hash, verify: counted } }),
    patients: { create: createPatient },
    practitioners: { create: createPractitioner },
    guard: noLoginGuard,
    factorSealer: createSealer('a key for tests and of no use to anybody', 'second-factor'),
    apiKeys,
    clock,
    postbox: noPostbox,
    strength,
    afterwards: new Afterwards(memoryLogger().logger),
    publicUrl: () => 'http://localhost:3000',
    ...deps,
  });
  const revocations = await RevocationList.open({ database, logger: memoryLogger().logger });
  const verifyAccess = refusingRevoked(testTokens.verifyAccess, revocations);
  const served = await serveApp({ routes, database, verifyAccess, verifyKey: apiKeys.verify, ...app });
  return {
    ...served,
    db,
    comparisons: () => compared,
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await strength.close();
      await revocations.close();
      await apiKeys.close();
      await db[Symbol.asyncDispose]();
    },
  };
}
