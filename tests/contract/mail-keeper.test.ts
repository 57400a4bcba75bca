/** Mail from the transaction that asks for it to a real SMTP server, once, whatever happens in between. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createSmtpSender } from '../../src/adapters/mail/index.ts';
import type { Database } from '../../src/platform/db/scope.ts';
import { MailKeeper } from '../../src/platform/mail/mail-keeper.ts';
import { createPostbox, type Mail, mailPurpose, noPostbox } from '../../src/platform/mail/postbox.ts';
import type { MailSender } from '../../src/platform/mail/sender.ts';
import { createSealer, type Sealer } from '../../src/platform/sealer.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { MovableClock } from '../support/live.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { memoryLogger } from '../support/serve-app.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

const sealer = createSealer('the key under which these tests seal their mail', mailPurpose);
const postbox = createPostbox(sealer);

let db: TestDatabase;
let a: TestTenant;
let b: TestTenant;
let server: MailServer;
const open: MailKeeper[] = [];
let clock: MovableClock;
beforeAll(async () => {
  db = await createTestDatabase();
  [a, b] = [await createTenant(db), await createTenant(db)];
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(async () => {
  await db.sql('delete from outgoing_mail');
  clock = new MovableClock();
  server = await startMailServer();
});
afterEach(async () => {
  for (const keeper of open.splice(0)) await keeper.stop();
  await server[Symbol.asyncDispose]();
});

const { logger, text, lines } = memoryLogger();

function keeperFor(url: string, key: Sealer = sealer): MailKeeper {
  const sender = createSmtpSender({ url, from: 'no-reply@clinic.example' });
  const keeper = new MailKeeper({ database: db.database, clock, logger, sealer: key, sender });
  open.push(keeper);
  return keeper;
}

let number = 0;
function ask(tenant: TestTenant, change: Partial<Mail> = {}): Promise<string> {
  number += 1;
  const mail = { to: `reader${number}@mail.example`, subject: `Mail ${number}`, text: 'Secret words.', ...change };
  return tenant.db.run((tx) => postbox.request(tx, tenant.id, mail));
}

interface Row {
  sealed: Buffer | null;
  sent: boolean;
  gave_up: boolean;
  attempts: number;
  reply_code: number | null;
}
const row = async (id: string) =>
  (
    await db.sql<Row & Record<string, unknown>>(
      'select sealed, sent_at is not null as sent, gave_up_at is not null as gave_up, attempts, reply_code from outgoing_mail where id = $1',
      [id],
    )
  )[0];

test('mail of all clinics is sent once, under a Message-ID made from its id, and its content is forgotten', async () => {
  const ids = [await ask(a), await ask(b), await ask(a)];
  const keeper = keeperFor(server.url);
  expect(await keeper.sendNow()).toBe(3);
  expect(await keeper.sendNow()).toBe(0);
  expect(server.received.map(({ messageId }) => messageId).toSorted()).toEqual(
    ids.map((id) => `<${id}@clinic.example>`).toSorted(),
  );
  for (const id of ids) {
    expect(await row(id)).toEqual({ sealed: null, sent: true, gave_up: false, attempts: 1, reply_code: 250 });
  }
});

test('what waits cannot be read in the database', async () => {
  const id = await ask(a, { to: 'kamala@mail.example', text: 'A link.' });
  const sealed = (await row(id))?.sealed ?? Buffer.alloc(0);
  expect(sealed.length).toBeGreaterThan(60);
  for (const word of ['kamala', 'mail.example', 'A link']) expect(sealed.includes(word)).toBe(false);
});

test('what was asked for in a transaction that is undone is not sent', async () => {
  await expect(
    a.db.run(async (tx) => {
      await postbox.request(tx, a.id, { to: 'x@mail.example', subject: 'x', text: 'x' });
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  expect(await keeperFor(server.url).sendNow()).toBe(0);
  expect(server.received).toEqual([]);
});

test('greylisted mail is tried again later, later still, and then is sent once', async () => {
  const id = await ask(a);
  const keeper = keeperFor(server.url);
  server.onRecipient = () => ({ code: 451 });
  expect(await keeper.sendNow()).toBe(0);
  expect(await row(id)).toMatchObject({ sent: false, gave_up: false, attempts: 1, reply_code: 451 });
  clock.forward(14);
  await keeper.sendNow();
  expect(server.asked).toHaveLength(1);
  clock.forward(2);
  await keeper.sendNow();
  expect(server.asked).toHaveLength(2);
  clock.forward(16);
  await keeper.sendNow();
  expect(server.asked).toHaveLength(2);
  server.onRecipient = () => undefined;
  clock.forward(15);
  expect(await keeper.sendNow()).toBe(1);
  clock.forward(3_600);
  await keeper.sendNow();
  expect(server.received).toHaveLength(1);
  expect(await row(id)).toMatchObject({ sealed: null, sent: true, attempts: 3 });
});

test('mail that is refused for good is given up, and logged without its address; the others go on', async () => {
  const id = await ask(a, { to: 'nobody-here@mail.example' });
  const other = await ask(a);
  server.onRecipient = (address) => (address.startsWith('nobody-here') ? { code: 550 } : undefined);
  expect(await keeperFor(server.url).sendNow()).toBe(1);
  expect(await row(id)).toEqual({ sealed: null, sent: false, gave_up: true, attempts: 1, reply_code: 550 });
  expect(await row(other)).toMatchObject({ sent: true });
  expect(lines.find((line) => line.mailId === id)).toMatchObject({ msg: 'a mail was given up', replyCode: 550 });
  expect(text()).not.toContain('nobody-here');
});

test('while the server is down mail waits and blames nobody; when it is up again all is sent, once', async () => {
  const { port, url } = server;
  await server[Symbol.asyncDispose]();
  const ids = [await ask(a), await ask(b)];
  const keeper = keeperFor(url);
  expect(await keeper.sendNow()).toBe(0);
  clock.forward(3);
  expect(await keeper.sendNow()).toBe(0);
  for (const id of ids) expect(await row(id)).toMatchObject({ sent: false, gave_up: false, attempts: 0 });
  server = await startMailServer({ port });
  // The server is left alone for a moment.
  expect(await keeper.sendNow()).toBe(0);
  clock.forward(70);
  expect(await keeper.sendNow()).toBe(2);
  expect(server.received).toHaveLength(2);
});

test('a mail that makes the server break off does not stand in the way of the others', async () => {
  await ask(a, { to: 'poison@mail.example' });
  const other = await ask(a);
  let poisoned = false;
  server.onRecipient = (address) => {
    poisoned = address.startsWith('poison');
    return undefined;
  };
  server.onMessage = () => (poisoned ? { code: 0, hangUp: true } : undefined);
  const keeper = keeperFor(server.url);
  for (let n = 0; n < 4; n += 1) {
    await keeper.sendNow();
    clock.forward(61);
  }
  expect(await row(other)).toMatchObject({ sent: true });
});

test('several workers at once send each mail once', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 40; n += 1) ids.push(await ask(n % 2 ? a : b));
  const keepers = [keeperFor(server.url), keeperFor(server.url), keeperFor(server.url)];
  const sent = await Promise.all(keepers.map((keeper) => keeper.sendNow()));
  expect(sent.reduce((sum, n) => sum + n, 0)).toBe(40);
  expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(40);
  expect(server.received).toHaveLength(40);
});

test('what a dead worker had taken is sent by another one after a while', async () => {
  const id = await ask(a);
  await db.sql('select * from claim_mail(now(), 10, 90000)');
  const keeper = keeperFor(server.url);
  clock.forward(60);
  expect(await keeper.sendNow()).toBe(0);
  clock.forward(300);
  expect(await keeper.sendNow()).toBe(1);
  expect(await row(id)).toMatchObject({ sent: true, attempts: 2 });
});

test('what was sent and could not be written down, because the database was away, is not sent again', async () => {
  const id = await ask(a);
  let failures = 1;
  const flaky: Database = {
    ...db.database,
    tenant: (tenantId, ...rest) => {
      failures -= 1;
      if (failures === 0) throw new Error('The database is away.');
      return db.database.tenant(tenantId, ...rest);
    },
  };
  const sender = createSmtpSender({ url: server.url, from: 'no-reply@clinic.example' });
  const keeper = new MailKeeper({ database: flaky, clock, logger, sealer, sender });
  open.push(keeper);
  await expect(keeper.sendNow()).rejects.toThrow('The database is away.');
  expect(server.received).toHaveLength(1);
  expect(await row(id)).toMatchObject({ sent: false });
  clock.forward(100);
  expect(await keeper.sendNow()).toBe(1);
  expect(server.received).toHaveLength(1);
  expect(await row(id)).toMatchObject({ sealed: null, sent: true });
});

test('a worker looks by itself, and lets go of everything when it stops', async () => {
  const keeper = keeperFor(server.url);
  keeper.start();
  await ask(a, { to: 'by-itself@mail.example' });
  await server.mailTo('by-itself@mail.example');
  await keeper.stop();
  await keeper.stop();
  const late = await ask(a);
  expect(await keeper.sendNow()).toBe(0);
  expect(await row(late)).toMatchObject({ sent: false, attempts: 0 });
});

test('whoever comes back after the lease does not overwrite what the next one did', async () => {
  const id = await ask(a);
  const slow: MailSender = {
    async send() {
      // In the meantime somebody else took the mail: one more attempt stands in its row.
      await db.sql('update outgoing_mail set attempts = attempts + 1 where id = $1', [id]);
      return { result: 'refused', replyCode: 550 };
    },
    close: () => undefined,
  };
  const keeper = new MailKeeper({ database: db.database, clock, logger, sealer, sender: slow });
  open.push(keeper);
  await keeper.sendNow();
  expect(await row(id)).toMatchObject({ sealed: expect.any(Buffer), gave_up: false, attempts: 2 });
});

test('mail that cannot be opened any more is given up by name', async () => {
  const id = await ask(a);
  const other = createSealer('another key altogether for the mail of these tests', mailPurpose);
  expect(await keeperFor(server.url, other).sendNow()).toBe(0);
  expect(await row(id)).toMatchObject({ sealed: null, gave_up: true });
  expect(lines.findLast((line) => line.mailId === id && line.err)).toMatchObject({ err: { type: 'SealError' } });
});

test('after a day it is too late, and after a week nobody remembers', async () => {
  const id = await ask(a);
  server.onRecipient = () => ({ code: 450 });
  const keeper = keeperFor(server.url);
  await keeper.sendNow();
  clock.forward(24 * 3_600);
  await keeper.sendNow();
  expect(await row(id)).toMatchObject({ sealed: null, gave_up: true, attempts: 2, reply_code: 450 });
  clock.forward(7 * 24 * 3_600 + 1);
  await keeper.sendNow();
  expect(await row(id)).toBeUndefined();
});

test('without a mail server nothing is promised', async () => {
  expect(noPostbox.canMail).toBe(false);
  await expect(
    a.db.run((tx) => noPostbox.request(tx, a.id, { to: 'x@mail.example', subject: 'x', text: 'x' })),
  ).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
