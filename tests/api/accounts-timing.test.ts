/** Who asks from outside cannot tell by the work whether an address is known: what is done is counted, not timed. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { hash, verify } from '@node-rs/bcrypt';
import { createPasswords } from '../../src/identity/index.ts';
import { Afterwards } from '../../src/platform/afterwards.ts';
import type { Database, Tx } from '../../src/platform/db/scope.ts';
import { createPostbox } from '../../src/platform/mail/postbox.ts';
import { createSealer } from '../../src/platform/sealer.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type IdentityApp, serveIdentity } from '../support/identity-app.ts';
import { memoryLogger } from '../support/serve-app.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

let db: TestDatabase;
let app: IdentityApp;
let clinic: TestTenant;
/** In order: transactions, statements in them, bcrypts. */
const work: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  const sealer = createSealer('the key of the mail that these tests count', 'outgoing mail');
  const passwords = createPasswords({
    cost: 4,
    bcrypt: {
      hash: (password, options) => {
        work.push('bcrypt');
        return hash(password, options);
      },
      verify: (password, stored) => {
        work.push('bcrypt');
        return verify(password, stored);
      },
    },
  });
  const database = counting(db.database);
  app = await serveIdentity({ database, passwords, postbox: createPostbox(sealer), afterwards }, { database });
  clinic = await createTenant(db);
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await db[Symbol.asyncDispose]();
});
beforeEach(() => afterwards.settled());

const afterwards = new Afterwards(memoryLogger().logger);

/** The same database, with each transaction and each statement noted down. */
function counting(database: Database): Database {
  return {
    ...database,
    tenant: (tenantId, ...rest) => {
      const real = database.tenant(tenantId, ...rest);
      return {
        ...real,
        run: (work_, options) => {
          work.push('transaction');
          return real.run((tx) => work_(noting(tx)), options);
        },
      };
    },
  };
}

function noting(tx: Tx): Tx {
  return new Proxy(tx, {
    get(target, name: string) {
      const part: unknown = Reflect.get(target, name);
      if (typeof part === 'function') {
        return (...args: unknown[]) => {
          work.push('statement');
          return Reflect.apply(part, target, args);
        };
      }
      if (typeof part !== 'object' || part === null) return part;
      return new Proxy(part, {
        get(model, method: string) {
          const call: unknown = Reflect.get(model, method);
          if (typeof call !== 'function') return call;
          return (...args: unknown[]) => {
            work.push('statement');
            return Reflect.apply(call, model, args);
          };
        },
      });
    },
  });
}

async function workOf(path: string, body: unknown): Promise<{ status: number; text: string; work: string[] }> {
  work.length = 0;
  const { status, text } = await app.call('POST', path, { body });
  return { status, text, work: [...work] };
}

const person = (email: string) => ({
  tenant: clinic.slug,
  email,
  password: 'Seven-Green-Boats-7',
  displayName: 'Ana Ng',
});

test('registering costs the same for a new address, a taken one, one of somebody switched off, and one that got too many mails', async () => {
  const fresh = await workOf('/auth/register', person('fresh@mail.example'));
  expect(fresh.status).toBe(202);
  expect(fresh.work.filter((step) => step === 'bcrypt')).toHaveLength(1);
  expect(fresh.work.filter((step) => step === 'statement').length).toBeGreaterThan(5);
  const taken = await workOf('/auth/register', person(clinic.users.doctor.email));
  expect(taken).toEqual(fresh);
  await db.sql('update app_user set is_active = false where id = $1', [clinic.users.staff.id]);
  expect(await workOf('/auth/register', person(clinic.users.staff.email))).toEqual(fresh);
  for (let n = 0; n < 7; n += 1) {
    expect(await workOf('/auth/register', person(clinic.users.doctor.email))).toEqual(fresh);
  }
  const [mails] = await db.sql<{ n: number }>('select count(*)::int as n from outgoing_mail');
  // One to the new one, one to who is switched off, five to the doctor: not more within the hour.
  expect(mails).toEqual({ n: 7 });
});

test.each(['/auth/forgot-password', '/auth/resend-verification'])(
  '%s answers before anything is looked up, for whomever',
  async (path) => {
    const answers = [];
    for (const email of [clinic.users.patient.email, 'nobody@mail.example', clinic.users.staff.email]) {
      work.length = 0;
      const { promise, resolve } = Promise.withResolvers<void>();
      // What is asked for now waits for this, so that whatever happens before the answer is seen alone.
      afterwards.do('held back', () => promise);
      const answer = await app.call('POST', path, { body: { email } });
      answers.push({ status: answer.status, text: answer.text, work: [...work] });
      resolve();
      await afterwards.settled();
    }
    expect(answers).toEqual(Array.from({ length: 3 }, () => ({ status: 202, text: '{"checkMail":true}', work: [] })));
  },
);

test('a password that is wrong costs the same as an account that is not there', async () => {
  const known = await workOf('/auth/login', { email: clinic.users.patient.email, password: 'Wrong-Password-1' });
  const unknown = await workOf('/auth/login', { email: 'nobody@mail.example', password: 'Wrong-Password-1' });
  expect({ ...unknown, work: 0 }).toEqual({ ...known, text: unknown.text, work: 0 });
  // The very first one makes the hash of nobody as well.
  const again = await workOf('/auth/login', { email: 'nobody2@mail.example', password: 'Wrong-Password-1' });
  expect(again.work).toEqual(known.work);
});

test('whoever is refused at a door waits for longer than an entry in the trail of somebody who is known takes', async () => {
  for (const email of [clinic.users.patient.email, 'nobody@mail.example']) {
    const began = performance.now();
    await workOf('/auth/login', { email, password: 'Wrong-Password-1' });
    // A timer may end a millisecond early.
    expect(performance.now() - began).toBeGreaterThan(28);
  }
});
