/** A network that loses connections to PostgreSQL and tells neither end. */

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Prisma } from '../../src/platform/db/client.ts';
import { patientSocket } from '../../src/platform/db/patient-socket.ts';
import { withoutTenant_decideForNamedJob, withoutTenant_forNamedJob } from '../../src/platform/db/scope.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';

it('a connection on which an answer is owed for too long is given up by us', async () => {
  const taken: Socket[] = [];
  const server = createServer((socket) => void taken.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = patientSocket(50).connect(port, '127.0.0.1');
  socket.write('select');
  await once(socket, 'close');
  expect(socket.destroyed).toBe(true);
  for (const one of taken) one.destroy();
  server.close();
});

describe('a transaction that its process cannot finish is given up by PostgreSQL', () => {
  let database: TestDatabase;
  let clinic: TestTenant;
  beforeAll(async () => {
    database = await createTestDatabase();
    clinic = await createTenant(database);
  });
  afterAll(async () => database[Symbol.asyncDispose]());

  const asked = Prisma.sql`select current_setting('idle_in_transaction_session_timeout') as limit`;
  const answers = [{ limit: '15s' }];

  it('of a tenant, by either way', async () => {
    expect(await clinic.db.read(asked)).toEqual(answers);
    expect(await clinic.db.run((tx) => tx.$queryRaw(asked))).toEqual(answers);
    expect(await clinic.db.decide(asked, (rows) => ({ writes: [], answer: rows }))).toEqual(answers);
  });

  it('of a job', async () => {
    const { prisma, pool } = database.database;
    const decide = async (rows: readonly unknown[]) => ({ writes: [], answer: rows });
    expect(await withoutTenant_forNamedJob(prisma, 'readiness', (tx) => tx.$queryRaw(asked))).toEqual(answers);
    const work = { alone: 7_007, read: asked, decide };
    expect(await withoutTenant_decideForNamedJob(pool, 'readiness', work)).toEqual(answers);
  });
});
