/** Invitations over REST: who may make them, how long they are good, and that nobody else's secret opens anything. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enterAs, type GuestPass, guestCall, inviteGuest, tokenOf } from '../support/guest.ts';
import { type LiveServer, startLive, unknownId } from '../support/live.ts';
import type { TestTenant } from '../support/tenant.ts';

let live: LiveServer;
let clinic: TestTenant;
beforeAll(async () => {
  live = await startLive();
  clinic = await live.tenant();
});
afterAll(() => live[Symbol.asyncDispose]());

const code = ({ json }: { json: unknown }) => (json as { code?: string }).code;

describe('an invitation', () => {
  it('is the assigned doctor’s to make, to see and to take back, and nobody else’s', async () => {
    const { id } = await live.meeting(clinic);
    const invite = await inviteGuest(live, clinic, id);
    const at = `/meetings/${id}/invites`;
    for (const [person, status] of [
      ['doctor2', 404],
      ['patient', 403],
      ['staff', 403],
      ['admin', 403],
    ] as const) {
      const tries = [
        live.rest(clinic, person, 'POST', at, { role: 'carer' }),
        live.rest(clinic, person, 'GET', at),
        live.rest(clinic, person, 'POST', `${at}/${invite.id}/revoke`),
      ];
      for (const answer of await Promise.all(tries)) expect([person, answer.status]).toEqual([person, status]);
    }
    const other = await live.meeting(clinic);
    const elsewhere = `/meetings/${other.id}/invites/${invite.id}/revoke`;
    expect((await live.rest(clinic, 'doctor', 'POST', elsewhere)).status).toBe(404);
    expect((await live.rest(clinic, 'doctor', 'GET', at)).json).toMatchObject({
      items: [{ id: invite.id, role: 'interpreter', state: 'invited', name: null, namesPatient: false }],
      nextCursor: null,
    });
  });

  it('is told once: neither the list nor the database has the secret', async () => {
    const { id } = await live.meeting(clinic);
    const invite = await inviteGuest(live, clinic, id);
    const { text } = await live.rest(clinic, 'doctor', 'GET', `/meetings/${id}/invites`);
    const rows = await live.db.sql('select * from meeting_guest where id = $1', [invite.id]);
    for (const told of [text, JSON.stringify(rows)]) expect(told).not.toContain(tokenOf(invite));
    expect(new URL(invite.url)).toMatchObject({ pathname: '/guest', search: '' });
  });

  it('can be opened for 15 minutes and no longer; who has come by then stays', async () => {
    const { id } = await live.meeting(clinic);
    const [late, inTime] = [await inviteGuest(live, clinic, id), await inviteGuest(live, clinic, id)];
    const pass = await enterAs(live, inTime, 'Asha Menon');
    await live.forward(15 * 60);
    expect((await guestCall(live, 'look', { token: tokenOf(late) })).json).toMatchObject({ standing: 'expired' });
    expect(code(await guestCall(live, 'enter', { token: tokenOf(late), name: 'Asha Menon' }))).toBe('CONFLICT');
    expect(code(await guestCall(live, 'enter', { token: tokenOf(inTime), name: 'Somebody else' }))).toBe('CONFLICT');
    const renewed = (await guestCall(live, 'renew', { resumeToken: pass.resumeToken })).json as GuestPass;
    expect(renewed).toMatchObject({ standing: 'waiting', name: 'Asha Menon', expiresIn: 600 });
  });

  it('says who asks, as what and when, and nothing of the patient or the reason', async () => {
    const { doctorId, patientId, users } = clinic;
    const body = { doctorId, patientId, scheduledAt: live.clock.now().toISOString(), reason: 'Zqreasonqz' };
    const { id } = (await live.rest(clinic, 'staff', 'POST', '/meetings', body)).json as { id: string };
    const invite = await inviteGuest(live, clinic, id, { role: 'specialist' });
    const looked = await guestCall(live, 'look', { token: tokenOf(invite) });
    expect(looked.json).toMatchObject({
      role: 'specialist',
      standing: 'invited',
      doctorName: users.doctor.displayName,
    });
    const entered = await guestCall(live, 'enter', { token: tokenOf(invite), name: 'Asha Menon' });
    for (const { text } of [looked, entered]) {
      expect(text).not.toContain('Zqreasonqz');
      expect(text).not.toContain(users.patient.displayName);
      expect(text).not.toContain(patientId);
    }
  });

  it('is over with its meeting, and cannot be made for one that is', async () => {
    const { id } = await live.meeting(clinic);
    const invite = await inviteGuest(live, clinic, id);
    await live.rest(clinic, 'doctor', 'POST', `/meetings/${id}/cancel`, { reason: 'Moved.' });
    expect(code(await live.rest(clinic, 'doctor', 'POST', `/meetings/${id}/invites`, { role: 'carer' }))).toBe(
      'MEETING_CANCELLED',
    );
    expect(await enterAs(live, invite, 'Asha Menon')).toMatchObject({ standing: 'over', accessToken: null });
  });

  it('is not guessed: a made-up secret, one of another kind and one of another clinic’s row are all refused alike', async () => {
    const { id } = await live.meeting(clinic);
    const [one, two] = [await inviteGuest(live, clinic, id), await inviteGuest(live, clinic, id)];
    const pass = await enterAs(live, one, 'Asha Menon');
    const token = tokenOf(two);
    const bad = [
      'hcg_',
      'x',
      `${token}A`,
      token.slice(0, -1),
      pass.resumeToken ?? '',
      `hcg_${(pass.resumeToken ?? '').slice(4)}`,
    ];
    for (const secret of bad) {
      const answer = await guestCall(live, 'enter', { token: secret, name: 'Asha Menon' });
      expect([secret.length, answer.status, code(answer)]).toEqual([secret.length, 422, 'INVALID_INPUT']);
      expect(answer.text).not.toContain(secret === 'x' ? '"x"' : secret);
    }
    expect((await guestCall(live, 'renew', { resumeToken: token })).status).toBe(422);
    expect((await live.rest(clinic, 'doctor', 'POST', `/meetings/${id}/invites/${unknownId()}/revoke`)).status).toBe(
      404,
    );
  });

  it('is one of eight at most that are open, and never two people in at once, however many are let in together', async () => {
    const { id } = await live.meeting(clinic);
    const invites = [];
    for (let made = 0; made < 8; made += 1) invites.push(await inviteGuest(live, clinic, id));
    expect(code(await live.rest(clinic, 'doctor', 'POST', `/meetings/${id}/invites`, { role: 'carer' }))).toBe(
      'CONFLICT',
    );
    await using doctor = await live.socket(clinic, 'doctor');
    await doctor.call('meeting:start', { meetingId: id });
    await Promise.all(invites.slice(0, 4).map((invite) => enterAs(live, invite, 'Asha Menon')));
    const answers = await Promise.all(
      invites.slice(0, 4).map((invite) => doctor.ask('guest:admit', { guestId: invite.id })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    await doctor.call('meeting:end', {});
  });

  it('asks for a name of two letters at least', async () => {
    const invite = await inviteGuest(live, clinic, (await live.meeting(clinic)).id);
    for (const name of ['', ' A ', 'x'.repeat(81)])
      expect((await guestCall(live, 'enter', { token: tokenOf(invite), name })).status).toBe(422);
  });
});
