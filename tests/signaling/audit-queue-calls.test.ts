/** What each call around the waiting leaves in the audit trail: as its line in the protocol's table declares. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type CallInput, type CallName, calls } from '../../signaling/protocol/index.ts';
import { type LiveServer, startLive, unknownId } from '../support/live.ts';
import type { SocketClient } from '../support/socket-client.ts';
import type { TestPerson, TestTenant } from '../support/tenant.ts';
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

/** Who makes it here, with what besides the meeting. */
const uses = (): [CallName, TestPerson, object][] => [
  ['queue:tell-check', 'patient', { network: 'good' }],
  ['queue:message', 'doctor', { text: 'Soon.', clientId: '1' }],
  ['queue:messages', 'patient', {}],
  ['queue:read', 'patient', { lineId: unknownId() }],
  ['queue:move', 'staff', { position: 1, reason: 'In pain' }],
  ['queue:hand-over', 'doctor', { doctorId: clinic.doctor2Id, reason: 'Ill' }],
];

const actionOf = (name: CallName) => {
  const { audit } = calls[name];
  return 'action' in audit ? audit.action : undefined;
};

it('has a use of every such call', () => {
  const names = Object.keys(calls).filter((name) => name.startsWith('queue:'));
  const used = [...uses().map(([name]) => name), 'queue:watch', 'queue:watch-clinic'];
  expect(used.toSorted()).toEqual(names.toSorted());
});

it('is one entry of each success, with whose waiting it is and by whom, and never what was written', async () => {
  const { id: meetingId } = await live.meeting(clinic);
  const seen = { action: 'meeting.queues', result: 'success', actor_id: clinic.users.staff.id, entity_type: null };
  await using staff = await live.socket(clinic, 'staff');
  expect(await leaves(staff, 'queue:watch-clinic', {})).toMatchObject([{ ...seen, patient_ids: [] }]);
  await using patient = await live.socket(clinic, 'patient');
  await patient.call('meeting:wait', { meetingId });
  expect(await leaves(staff, 'queue:watch-clinic', {})).toMatchObject([{ ...seen, patient_ids: [clinic.patientId] }]);
  for (const [name, person, more] of uses()) {
    await using client = await live.socket(clinic, person);
    const entries = await leaves(client, name, { meetingId, ...more });
    expect({ name, entries }).toMatchObject({
      name,
      entries: [
        {
          action: actionOf(name),
          result: 'success',
          code: null,
          route: name,
          actor_id: clinic.users[person].id,
          patient_ids: [clinic.patientId],
          entity_type: 'Meeting',
          entity_id: meetingId,
        },
      ],
    });
    expect(entries).toHaveLength(1);
    expect(JSON.stringify(entries)).not.toMatch(/Soon|In pain|Ill/);
  }
});

it('is one entry of each refusal: no scope, not valid, no such meeting, not theirs', async () => {
  const { id: meetingId } = await live.meeting(clinic);
  await using lab = await live.socket(clinic, 'lab');
  await using doctor2 = await live.socket(clinic, 'doctor2');
  for (const [name, , more] of uses()) {
    const tries: [SocketClient, unknown, string][] = [
      [lab, { meetingId, ...more }, 'FORBIDDEN'],
      [doctor2, { meetingId, ...more, unknown: 1 }, 'INVALID_CALL'],
      [doctor2, { ...more, meetingId: unknownId() }, 'MEETING_NOT_FOUND'],
      [doctor2, { ...more, meetingId }, 'NOT_ASSIGNED'],
    ];
    for (const [client, input, code] of tries) {
      const entries = await leaves(client, name, input);
      expect({ name, code, entries }).toMatchObject({
        name,
        code,
        entries: [{ action: actionOf(name), result: 'refused', code }],
      });
      expect(entries).toHaveLength(1);
    }
  }
  expect(await leaves(doctor2, 'queue:watch-clinic', {})).toMatchObject([{ result: 'refused', code: 'FORBIDDEN' }]);
});
