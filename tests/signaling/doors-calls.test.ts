/** Every call of the protocol's own table: nobody makes it without a token, without its scope, or for another clinic's meeting. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { z } from 'zod';
import { type CallName, calls, type Meeting } from '../../signaling/protocol/index.ts';
import { scopeCatalogue } from '../../src/identity/auth/scopes.ts';
import { roles } from '../../src/platform/actor.ts';
import { fitting, type JsonSchema } from '../support/fuzz/json-schema.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { call } from '../support/serve-app.ts';
import { SocketClient } from '../support/socket-client.ts';
import { type TestTenant, testTokens } from '../support/tenant.ts';

let live: LiveServer;
let own: TestTenant;
let other: TestTenant;
beforeAll(async () => {
  live = await startLive();
  [own, other] = [await live.tenant(), await live.tenant()];
});
afterAll(async () => live[Symbol.asyncDispose]());

const names = Object.keys(calls) as CallName[];
const takesMeeting = (name: CallName) => Object.hasOwn(calls[name].input.shape, 'meetingId');

/** The doctor, the patient and all others of a clinic in one, who may everything but what is left out. */
async function almighty(tenant: TestTenant, without?: string): Promise<string> {
  const scopes = Object.keys(scopeCatalogue).filter((scope) => scope !== without);
  const { id: tenantId, doctorId: practitionerId, patientId } = tenant;
  const subject = { tenantId, userId: tenant.users.doctor.id, roles: [...roles], scopes, patientId, practitionerId };
  return (await testTokens.issueAccess({ ...subject, sessionId: crypto.randomUUID() })).token;
}

/** An input that the call reads without complaint. */
function inputOf(name: CallName, meetingId: string): unknown {
  const schema = z.toJSONSchema(calls[name].input, { io: 'input' }) as JsonSchema;
  const made = fc.sample(fitting(schema, { ids: [meetingId] }), { numRuns: 500, seed: 1 });
  const found = made.find((one) => calls[name].input.safeParse(one).success);
  if (found === undefined) throw new Error(`No input was found for ${name}.`);
  return takesMeeting(name) ? { ...(found as object), meetingId } : found;
}

describe('every call', () => {
  it('names a scope that exists', () => {
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !Object.hasOwn(scopeCatalogue, calls[name].scope))).toEqual([]);
  });

  it('needs an identity, so there is no socket without one: not by a token that is none, nor by an API key', async () => {
    const body = {
      name: 'Voice',
      scopes: ['meetings:read'],
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    };
    const token = await own.token('admin');
    const made = await call(`${live.url}/api/v1/admin/api-keys`, 'POST', { token, body });
    const { key } = made.json as { key: string };
    expect((await call(`${live.url}/api/v1/meetings`, 'GET', { token: key })).status).toBe(200);
    for (const bad of ['', 'not.a.token', key, `${await own.token('doctor')}x`])
      await expect(SocketClient.connect(live.url, bad)).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } });
  });

  it('is forbidden to somebody who may everything else', async () => {
    const { id } = await live.meeting(own);
    for (const name of names) {
      await using socket = await SocketClient.connect(live.url, await almighty(own, calls[name].scope));
      expect([name, await socket.refusal(name, inputOf(name, id) as never)]).toEqual([name, 'FORBIDDEN']);
    }
  });

  it('finds no meeting of another clinic, where one’s own is found; that one neither changes nor tells', async () => {
    const [mine, theirs] = [await live.meeting(own), await live.meeting(other)];
    const read = async () => (await live.rest(other, 'admin', 'GET', `/meetings/${theirs.id}`)).json as Meeting;
    const before = await read();
    const about = names.filter(takesMeeting);
    expect(about.length).toBeGreaterThan(2);
    for (const name of about) {
      await using socket = await SocketClient.connect(live.url, await almighty(own));
      expect([name, await socket.refusal(name, inputOf(name, theirs.id) as never)]).toEqual([
        name,
        'MEETING_NOT_FOUND',
      ]);
      const answer = await socket.ask(name, inputOf(name, mine.id) as never);
      expect([name, answer.ok ? 'found' : answer.error.code]).not.toEqual([name, 'MEETING_NOT_FOUND']);
    }
    expect(await read()).toEqual(before);
  });
});
