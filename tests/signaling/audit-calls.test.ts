/** What each socket call leaves in the audit trail: as its line in the protocol's table declares, success and refusal. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type CallInput, type CallName, calls } from '../../signaling/protocol/index.ts';
import { enterAs, guestSocket, inviteGuest } from '../support/guest.ts';
import { type LiveServer, startLive, unknownId } from '../support/live.ts';
import type { SocketClient } from '../support/socket-client.ts';
import type { TestTenant } from '../support/tenant.ts';
import { type TrailEntry, trailOf } from '../support/trail.ts';

let live: LiveServer;
let clinic: TestTenant;
beforeAll(async () => {
  live = await startLive();
  clinic = await live.tenant();
});
afterAll(() => live[Symbol.asyncDispose]());

/** Makes one call and gives what it alone left. */
async function leaves(client: SocketClient, name: CallName, input: unknown): Promise<TrailEntry[]> {
  const before = (await trailOf(live.db, clinic.id)).length;
  await client.ask(name, input as CallInput<CallName>);
  return (await trailOf(live.db, clinic.id)).slice(before);
}

const audited = Object.entries(calls).flatMap(([name, { audit }]) =>
  // Those around the waiting are in audit-queue-calls.test.ts.
  'action' in audit && (name === 'queue:watch' || !name.startsWith('queue:'))
    ? [{ name: name as CallName, action: audit.action }]
    : [],
);

it('is declared for every call that uses what is known of a person', () => {
  expect(audited.map(({ name }) => name).toSorted()).toEqual([
    'chat:send',
    'guest:admit',
    'guest:remove',
    'guest:wait',
    'guest:watch',
    'meeting:end',
    'meeting:join',
    'meeting:leave',
    'meeting:start',
    'meeting:wait',
    'queue:watch',
  ]);
});

it('is one entry of each success, with whose meeting it is, by whom and from where', async () => {
  const { id: meetingId } = await live.meeting(clinic);
  const [doctor, patient] = [await live.socket(clinic, 'doctor'), await live.socket(clinic, 'patient')];
  const { doctor: doctorUser, patient: patientUser } = clinic.users;
  const meeting = { entity_type: 'Meeting', entity_id: meetingId };
  const invite = await inviteGuest(live, clinic, meetingId);
  const guest = await guestSocket(live, await enterAs(live, invite, 'Asha Menon'));
  const { id: guestId } = invite;
  const uses: [SocketClient, CallName, unknown, Partial<TrailEntry>][] = [
    [patient, 'meeting:wait', { meetingId }, { actor_id: patientUser.id, actor_roles: ['patient'], ...meeting }],
    [doctor, 'queue:watch', {}, { actor_id: doctorUser.id, entity_type: null }],
    [doctor, 'meeting:start', { meetingId }, { actor_id: doctorUser.id, actor_roles: ['doctor'], ...meeting }],
    [patient, 'meeting:join', { meetingId }, { actor_id: patientUser.id, ...meeting }],
    [patient, 'chat:send', { text: 'A line.', clientId: '1' }, { actor_id: patientUser.id, ...meeting }],
    [doctor, 'guest:watch', {}, { actor_id: doctorUser.id, entity_type: null }],
    [guest, 'guest:wait', {}, { actor_id: guestId, actor_roles: ['guest'], ...meeting }],
    [doctor, 'guest:admit', { guestId }, { actor_id: doctorUser.id, ...meeting }],
    [doctor, 'guest:remove', { guestId }, { actor_id: doctorUser.id, ...meeting }],
    [patient, 'meeting:leave', {}, { actor_id: patientUser.id, ...meeting }],
    [doctor, 'meeting:end', {}, { actor_id: doctorUser.id, ...meeting }],
  ];
  expect(uses.map(([, name]) => name).toSorted()).toEqual(audited.map(({ name }) => name).toSorted());
  for (const [client, name, input, who] of uses) {
    const entries = await leaves(client, name, input);
    const { audit } = calls[name];
    expect({ name, entries }).toMatchObject({
      name,
      entries: [
        {
          ...who,
          action: 'action' in audit && audit.action,
          result: 'success',
          code: null,
          actor_kind: 'person',
          purpose: 'TREAT',
          route: name,
          patient_ids: [clinic.patientId],
          address: expect.stringMatching(/127\.0\.0\.1$/),
        },
      ],
    });
    expect(entries).toHaveLength(1);
  }
  for (const client of [doctor, patient, guest]) client.close();
});

it('is one entry of each refusal: no scope, no such meeting, not theirs, not valid, not joined', async () => {
  const { id: meetingId } = await live.meeting(clinic);
  const people = { lab: await live.socket(clinic, 'lab'), doctor2: await live.socket(clinic, 'doctor2') };
  const entered = new Set<CallName>(['meeting:wait', 'meeting:start', 'meeting:join']);
  const inputs: Partial<Record<CallName, unknown>> = {
    'chat:send': { text: 'x', clientId: '1' },
    'guest:admit': { guestId: unknownId() },
    'guest:remove': { guestId: unknownId() },
  };
  for (const { name, action } of audited) {
    const input = entered.has(name) ? { meetingId } : (inputs[name] ?? {});
    const tries: [SocketClient, unknown, string][] = [
      [people.lab, input, 'FORBIDDEN'],
      [people.doctor2, { unknown: 1 }, 'INVALID_CALL'],
      ...(entered.has(name)
        ? ([
            [people.doctor2, { meetingId: unknownId() }, 'MEETING_NOT_FOUND'],
            [people.doctor2, { meetingId }, 'NOT_ASSIGNED'],
          ] as [SocketClient, unknown, string][])
        : name === 'queue:watch'
          ? []
          : ([[people.doctor2, input, name === 'guest:wait' ? 'MEETING_NOT_FOUND' : 'NOT_JOINED']] as [
              SocketClient,
              unknown,
              string,
            ][])),
    ];
    for (const [client, sent, code] of tries) {
      const entries = await leaves(client, name, sent);
      expect({ name, code, entries }).toMatchObject({ name, code, entries: [{ action, result: 'refused', code }] });
      expect(entries).toHaveLength(1);
    }
  }
  for (const client of Object.values(people)) client.close();
});

it('is nothing of calls that read and keep nothing, nor of what is no call', async () => {
  const client = await live.socket(clinic, 'doctor');
  for (const [name, { audit }] of Object.entries(calls)) {
    if ('action' in audit) continue;
    expect({ name, entries: await leaves(client, name as CallName, {}) }).toEqual({ name, entries: [] });
  }
  expect(await leaves(client, 'meeting:destroy' as CallName, {})).toEqual([]);
  client.close();
});

it('is written together with the meeting, once however many race for one seat', async () => {
  const { id: meetingId } = await live.meeting(clinic);
  const sockets = await Promise.all(Array.from({ length: 4 }, () => live.socket(clinic, 'doctor')));
  await Promise.all(sockets.map((client) => client.ask('meeting:start', { meetingId })));
  const entries = (await trailOf(live.db, clinic.id)).filter((entry) => entry.entity_id === meetingId);
  expect(entries.filter(({ action }) => action === 'meeting.start')).toHaveLength(4);
  for (const client of sockets) client.close();
});

it('names the caller behind our own proxies, and nobody whom the caller made up', async () => {
  await using proxied = await startLive({ db: live.db, env: { TRUST_PROXY: '1' } });
  const { io } = await import('socket.io-client');
  const extraHeaders = {
    'x-forwarded-for': '203.0.113.66, 198.51.100.7',
    'user-agent': 'Firefox/145.0 (Maria Kowalczyk)',
  };
  const auth = { token: await clinic.token('doctor') };
  const socket = io(proxied.url, { auth, transports: ['websocket'], forceNew: true, extraHeaders });
  const before = (await trailOf(live.db, clinic.id)).length;
  await socket.timeout(5_000).emitWithAck('queue:watch', {});
  socket.close();
  const [entry] = (await trailOf(live.db, clinic.id)).slice(before);
  expect(entry).toMatchObject({ address: '198.51.100.7', user_agent: 'Firefox/145.0' });
});
