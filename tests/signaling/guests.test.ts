/** The third person in a live room. Numbers as in signaling/SPEC.md. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CallName, calls, isCallOfGuests, type Meeting } from '../../signaling/protocol/index.ts';
import { enterAs, type GuestPass, guestCall, guestSocket, type InviteMade, inviteGuest } from '../support/guest.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import { SocketClient } from '../support/socket-client.ts';
import type { TestTenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

let live: LiveServer;
let clinic: TestTenant;
beforeAll(async () => {
  live = await startLive();
  clinic = await live.tenant();
});
afterAll(() => live[Symbol.asyncDispose]());

interface Visit extends AsyncDisposable {
  meeting: Meeting;
  doctor: SocketClient;
  patient: SocketClient;
}

/** Both are in. */
async function visit(): Promise<Visit> {
  const meeting = await live.meeting(clinic);
  const [doctor, patient] = [await live.socket(clinic, 'doctor'), await live.socket(clinic, 'patient')];
  await doctor.call('meeting:start', { meetingId: meeting.id });
  await patient.call('meeting:join', { meetingId: meeting.id });
  const close = async () => {
    await doctor.ask('meeting:end', {});
    doctor.close();
    patient.close();
  };
  return { meeting, doctor, patient, [Symbol.asyncDispose]: close };
}

interface AtTheDoor {
  invite: InviteMade;
  pass: GuestPass;
  guest: SocketClient;
}

async function atTheDoor(
  { meeting }: Pick<Visit, 'meeting'>,
  wanted: Parameters<typeof inviteGuest>[3] = {},
): Promise<AtTheDoor> {
  const invite = await inviteGuest(live, clinic, meeting.id, wanted);
  const pass = await enterAs(live, invite, 'Asha Menon');
  const guest = await guestSocket(live, pass);
  await guest.call('guest:wait', {});
  return { invite, pass, guest };
}

async function inside(visiting: Visit, wanted: Parameters<typeof inviteGuest>[3] = {}) {
  const arrived = await atTheDoor(visiting, wanted);
  await visiting.doctor.call('guest:admit', { guestId: arrived.invite.id });
  await arrived.guest.next('guest:admitted');
  const joined = await arrived.guest.call('meeting:join', { meetingId: visiting.meeting.id });
  return { ...arrived, joined };
}

const timeline = async (meetingId: string) =>
  ((await live.rest(clinic, 'admin', 'GET', `/meetings/${meetingId}/timeline?limit=200`)).json as { items: Entry[] })
    .items;
interface Entry {
  type: string;
  actorRole: string;
  actorId: string | null;
  guestName: string | null;
  detail: Record<string, unknown>;
}

describe('a guest', () => {
  it('GU1 waits at the door until the doctor lets them in, and the two see who came', async () => {
    await using both = await visit();
    const { doctor, patient, meeting } = both;
    const { guest, invite } = await atTheDoor(both);
    const { guests } = await doctor.next('guest:changed', (told) =>
      told.guests.some(({ state }) => state === 'waiting'),
    );
    expect(guests).toMatchObject([{ id: invite.id, role: 'interpreter', name: 'Asha Menon', isPresent: false }]);
    expect(await guest.refusal('meeting:join', { meetingId: meeting.id })).toBe('GUEST_NOT_ADMITTED');
    await doctor.call('guest:admit', { guestId: invite.id });
    await guest.next('guest:admitted');
    const joined = await guest.call('meeting:join', { meetingId: meeting.id });
    expect(joined.self).toMatchObject({
      id: invite.id,
      role: 'guest',
      guestRole: 'interpreter',
      displayName: 'Asha Menon',
    });
    expect(joined.participants.map(({ role }) => role)).toEqual(['doctor', 'patient']);
    for (const one of [doctor, patient]) {
      const { participant } = await one.next('participant:joined', (told) => told.participant.role === 'guest');
      expect(participant).toMatchObject({ id: invite.id, displayName: 'Asha Menon', presence: 'present' });
    }
    await doctor.next('guest:changed', (told) => told.guests.some(({ isPresent }) => isPresent));
    guest.close();
  });

  it('GU2 sees nothing of the record: no reason, and of the patient’s name what the doctor shows', async () => {
    const { doctorId, patientId, users } = clinic;
    const planned = { doctorId, patientId, scheduledAt: live.clock.now().toISOString(), reason: 'Zqreasonqz' };
    const meeting = (await live.rest(clinic, 'admin', 'POST', '/meetings', planned)).json as Meeting;
    await using doctor = await live.socket(clinic, 'doctor');
    await using patient = await live.socket(clinic, 'patient');
    await doctor.call('meeting:start', { meetingId: meeting.id });
    await patient.call('meeting:join', { meetingId: meeting.id });
    await doctor.call('chat:send', { text: 'Zqbeforeqz', clientId: '1' });
    for (const namesPatient of [false, true]) {
      const { guest, invite, joined } = await inside({ meeting, doctor, patient } as Visit, { namesPatient });
      patient.close();
      const again = await live.socket(clinic, 'patient');
      await again.call('meeting:join', { meetingId: meeting.id });
      await guest.next('participant:returned');
      const facts = [
        'meeting:changed',
        'participant:dropped',
        'participant:returned',
        'chat:sent',
        'queue:changed',
        'guest:changed',
      ] as const;
      const told = JSON.stringify([joined, facts.map((fact) => guest.heard(fact))]);
      expect(told).not.toMatch(/Zqreasonqz|Zqbeforeqz/);
      expect(told.includes(users.patient.displayName)).toBe(namesPatient);
      expect(told).toContain(users.doctor.displayName);
      again.close();
      await doctor.call('guest:remove', { guestId: invite.id });
    }
    await doctor.call('meeting:end', {});
  });

  it('GU3 makes no call but those of the room, on no route, and for no other meeting', async () => {
    await using both = await visit();
    const { guest, pass } = await inside(both);
    const names = Object.keys(calls) as CallName[];
    const refused = names.filter((name) => !isCallOfGuests(name));
    expect(refused).toEqual(
      expect.arrayContaining(['meeting:start', 'meeting:end', 'meeting:wait', 'queue:watch', 'guest:admit']),
    );
    for (const name of refused) {
      const input = { meetingId: both.meeting.id, guestId: pass.guestId };
      const answer = await guest.ask(name, input);
      expect([name, answer.ok ? 'OK' : answer.error.code]).toEqual([
        name,
        expect.stringMatching(/FORBIDDEN|INVALID_CALL/),
      ]);
    }
    for (const { method, path, access } of live.server.routes) {
      if (!('scopes' in access)) continue;
      const at = `/api/v1${path.replaceAll(/:\w+/g, both.meeting.id)}`;
      const headers = { authorization: `Bearer ${pass.accessToken ?? ''}`, 'content-type': 'application/json' };
      const body = method === 'get' ? {} : { body: '{}' };
      const { status } = await fetch(`${live.url}${at}`, { method: method.toUpperCase(), headers, ...body });
      expect([method, path, status]).toEqual([method, path, 403]);
    }
    const other = await live.meeting(clinic);
    await using again = await guestSocket(live, pass);
    expect(await again.refusal('meeting:join', { meetingId: other.id })).toBe('MEETING_NOT_FOUND');
    guest.close();
  });

  it('GU4 changes nothing of the meeting by dropping, and comes back into their place without asking again', async () => {
    await using both = await visit();
    const { doctor, meeting } = both;
    const { guest, invite, pass } = await inside(both);
    const version = async () =>
      ((await live.rest(clinic, 'admin', 'GET', `/meetings/${meeting.id}`)).json as Meeting).version;
    const before = await version();
    guest.cut();
    const { participant } = await doctor.next('participant:left');
    expect(participant.id).toBe(invite.id);
    await doctor.next('guest:changed', (told) =>
      told.guests.some(({ state, isPresent }) => state === 'admitted' && !isPresent),
    );
    await using back = await guestSocket(live, pass);
    await back.call('meeting:join', { meetingId: meeting.id });
    await doctor.next('participant:joined', (told) => told.participant.role === 'guest');
    expect(await version()).toBe(before);
    expect((await timeline(meeting.id)).filter(({ type }) => type.startsWith('guest_'))).toMatchObject([
      { type: 'guest_invited', actorRole: 'doctor', guestName: 'Asha Menon' },
      { type: 'guest_waited', actorRole: 'guest', actorId: invite.id },
      { type: 'guest_admitted', actorRole: 'doctor' },
      { type: 'guest_joined', actorRole: 'guest', detail: { guestRole: 'interpreter', seat: 1 } },
      { type: 'guest_left', detail: { seat: 1, cause: 'connection' } },
      { type: 'guest_joined', detail: { seat: 2, returned: true } },
    ]);
  });

  it('GU5 takes the seat over on a reload: the older socket hears it, and changes nothing afterwards', async () => {
    await using both = await visit();
    const { guest, pass } = await inside(both);
    const renewed = (await guestCall(live, 'renew', { resumeToken: pass.resumeToken })).json as GuestPass;
    expect(renewed).toMatchObject({ standing: 'admitted', resumeToken: null });
    await using again = await guestSocket(live, renewed);
    await again.call('meeting:join', { meetingId: both.meeting.id });
    await guest.next('seat:taken');
    const said = await again.call('chat:send', { text: 'I am here.', clientId: '1' });
    await both.patient.next('chat:sent', ({ id }) => id === said.id);
  });

  it('GU6 with the same link on a second device waits to be let in again, and the first device is out', async () => {
    await using both = await visit();
    const { guest, invite, pass } = await inside(both);
    const closed = guest.closed();
    const second = await enterAs(live, invite, 'Asha Menon');
    await guest.next('session:ended');
    await closed;
    await expect(SocketClient.connect(live.url, pass.accessToken ?? '')).rejects.toMatchObject({
      data: { code: 'UNAUTHENTICATED' },
    });
    expect((await guestCall(live, 'renew', { resumeToken: pass.resumeToken })).status).toBe(422);
    await using phone = await guestSocket(live, second);
    expect(await phone.refusal('meeting:join', { meetingId: both.meeting.id })).toBe('GUEST_NOT_ADMITTED');
    await both.doctor.call('guest:admit', { guestId: invite.id });
    await phone.call('meeting:join', { meetingId: both.meeting.id });
  });

  it.each(['remove', 'revoke'] as const)('GU7 is out at once and for good after a %s, and learns it', async (way) => {
    await using both = await visit();
    const { doctor, meeting } = both;
    const { guest, invite, pass } = await inside(both);
    const closed = guest.closed();
    if (way === 'remove') await doctor.call('guest:remove', { guestId: invite.id });
    else await live.rest(clinic, 'doctor', 'POST', `/meetings/${meeting.id}/invites/${invite.id}/revoke`);
    await guest.next('session:ended');
    await closed;
    await doctor.next('participant:left', (told) => told.participant.id === invite.id);
    await expect(guestSocket(live, pass)).rejects.toMatchObject({ data: { code: 'UNAUTHENTICATED' } });
    const renewed = (await guestCall(live, 'renew', { resumeToken: pass.resumeToken })).json as GuestPass;
    expect(renewed).toMatchObject({ standing: 'removed', accessToken: null });
    expect(await enterAs(live, invite, 'Asha Menon')).toMatchObject({ standing: 'removed', accessToken: null });
    expect((await timeline(meeting.id)).at(-1)).toMatchObject({ type: 'guest_removed', actorRole: 'doctor' });
    expect((await live.rest(clinic, 'admin', 'GET', `/meetings/${meeting.id}`)).json).toMatchObject({
      status: 'active',
    });
  });

  it('GU8 is one at a time: a second one is let in only when the first is out', async () => {
    await using both = await visit();
    const first = await inside(both);
    const second = await atTheDoor(both, { role: 'carer' });
    expect(await both.doctor.refusal('guest:admit', { guestId: second.invite.id })).toBe('INVALID_CALL');
    await both.doctor.call('guest:remove', { guestId: first.invite.id });
    await both.doctor.call('guest:admit', { guestId: second.invite.id });
    await second.guest.call('meeting:join', { meetingId: both.meeting.id });
    second.guest.close();
  });

  it('GU9 is out with the meeting, at the door and in the room, and never comes in afterwards', async () => {
    await using both = await visit();
    const { doctor, meeting } = both;
    const [one, waiting] = [await inside(both), await atTheDoor(both, { role: 'carer' })];
    await doctor.call('meeting:end', {});
    for (const { guest } of [one, waiting]) {
      const told = await guest.next('meeting:ended');
      expect(told.meeting).toMatchObject({ id: meeting.id, reason: null, patientName: '' });
      expect(await guest.refusal('meeting:join', { meetingId: meeting.id })).toBe('MEETING_ENDED');
      guest.close();
    }
    await until('no room is left', () => live.server.counts().rooms === 0);
  });

  it('GU10 is seen by a doctor who comes back, and hears their leaving as everybody does', async () => {
    const grace = await live.tenant({ settings: { doctorGraceSeconds: 60 } });
    const meeting = await live.meeting(grace);
    const doctor = await live.socket(grace, 'doctor');
    await doctor.call('meeting:start', { meetingId: meeting.id });
    const invite = await inviteGuest(live, grace, meeting.id);
    const pass = await enterAs(live, invite, 'Asha Menon');
    await using guest = await guestSocket(live, pass);
    await doctor.call('guest:admit', { guestId: invite.id });
    await guest.call('meeting:join', { meetingId: meeting.id });
    doctor.cut();
    await guest.next('participant:dropped', ({ participant }) => participant.role === 'doctor');
    await using back = await live.socket(grace, 'doctor');
    const joined = await back.call('meeting:start', { meetingId: meeting.id });
    expect(joined.participants.map(({ role }) => role)).toEqual(['patient', 'guest']);
    await guest.next('participant:returned', ({ participant }) => participant.role === 'doctor');
    expect((await back.call('guest:watch', {})).guests).toMatchObject([{ id: invite.id, isPresent: true }]);
    await back.call('meeting:end', {});
  });

  it('GU11 waits for a meeting that has not begun, hears its beginning, and comes in when let in', async () => {
    const meeting = await live.meeting(clinic);
    await using doctor = await live.socket(clinic, 'doctor');
    const { guest, invite } = await atTheDoor({ meeting });
    expect(await guest.refusal('meeting:join', { meetingId: meeting.id })).toBe('GUEST_NOT_ADMITTED');
    await doctor.call('meeting:start', { meetingId: meeting.id });
    await guest.next('meeting:started');
    await doctor.call('guest:admit', { guestId: invite.id });
    await guest.next('guest:admitted');
    await guest.call('meeting:join', { meetingId: meeting.id });
    guest.close();
    await doctor.call('meeting:end', {});
  });

  it('GU13 says how their connection is, hears how the others’ are, and it is kept with the visit', async () => {
    await using both = await visit();
    const { guest, pass } = await inside(both);
    const well = {
      roundTripMs: 20,
      jitterMs: 1,
      lossUp: 0,
      lossDown: 0,
      upKbps: 500,
      downKbps: 500,
      frozenMs: 0,
      way: 'udp',
    } as const;
    await guest.call('media:report', well);
    const told = { participantId: pass.guestId, score: 5, soundFirst: false };
    for (const one of [guest, both.doctor, both.patient]) expect(await one.next('media:score')).toEqual(told);
    guest.close();
    const stays = await until('the stay is kept', async () => {
      const { json } = await live.rest(clinic, 'admin', 'GET', `/meetings/${both.meeting.id}/quality`);
      const { participants } = json as { participants: { role: string; name: string }[] };
      return participants.length > 0 ? participants : undefined;
    });
    expect(stays).toMatchObject([{ role: 'guest', name: 'Asha Menon' }]);
  });

  it('GU12 sends signals to both of the others, and to nobody at the door', async () => {
    await using both = await visit();
    const { doctor, patient } = both;
    const { guest, invite } = await inside(both);
    const description = { type: 'offer', sdp: 'v=0' } as const;
    for (const [one, id] of [
      [doctor, clinic.doctorId],
      [patient, clinic.patientId],
    ] as const) {
      await guest.call('signal:send', { to: id, description });
      expect(await one.next('signal:received')).toMatchObject({ from: invite.id });
      await one.call('signal:send', { to: invite.id, description });
      expect(await guest.next('signal:received')).toMatchObject({ from: id });
    }
    await using waiting = (await atTheDoor(both, { role: 'carer' })).guest;
    expect(await waiting.refusal('signal:send', { to: clinic.patientId, description })).toBe('NOT_JOINED');
    guest.close();
  });
});
