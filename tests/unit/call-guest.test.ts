/** A guest's call, from knocking to the room, led by hand. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { GuestEntry, Participant } from '../../signaling/protocol/index.ts';
import { meetingForGuest, participantForGuest } from '../../signaling/protocol/index.ts';
import { toldToGuests } from '../../signaling/rooms/for-guests.ts';
import { initialModel, withoutParticipant, withParticipant } from '../../web/src/call/call-state.ts';
import { createGuests } from '../../web/src/call/guests.ts';
import { takeSeat } from '../../web/src/call/seat.ts';
import { newsOf } from '../../web/src/features/room/news.ts';
import { aJoin, aMeeting, aPerson, FakeLink, meetingId } from '../support/call-fakes.ts';

const link = () =>
  new FakeLink('token', {
    up: () => undefined,
    down: () => undefined,
    refused: () => undefined,
    fact: () => undefined,
  });

const guest: Participant = {
  ...aPerson('patient'),
  id: '01930000-0000-7000-8000-00000000cccc',
  role: 'guest',
  displayName: 'Asha',
};
const entry: GuestEntry = {
  id: guest.id,
  role: 'carer',
  state: 'waiting',
  name: 'Asha',
  namesPatient: false,
  expiresAt: '2026-11-23T10:00:00.000Z',
  waitingSince: '2026-11-23T09:50:00.000Z',
  isPresent: false,
  createdAt: '2026-11-23T09:45:00.000Z',
};

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('knocking', () => {
  it.each(['GUEST_NOT_ADMITTED', 'MEETING_NOT_STARTED'] as const)('waits at the door when told %s', async (code) => {
    const door = link();
    const seat = takeSeat(door.ask, 'knock', meetingId);
    await door.last('meeting:join').fail(code);
    await door.last('guest:wait').answer({ meeting: aMeeting() });
    expect(await seat).toMatchObject({ kind: 'knocked', meeting: { id: meetingId } });
  });

  it('tries again when they were let in between the two calls, and goes no further once sent away', async () => {
    for (const [code, kind] of [
      ['MEETING_ACTIVE', 'later'],
      ['FORBIDDEN', 'refused'],
      ['MEETING_ENDED', 'over'],
    ] as const) {
      const door = link();
      const seat = takeSeat(door.ask, 'knock', meetingId);
      await door.last('meeting:join').fail('GUEST_NOT_ADMITTED');
      await door.last('guest:wait').fail(code);
      expect((await seat).kind).toBe(kind);
    }
  });

  it('is not what a patient does: they wait for the doctor', async () => {
    const door = link();
    const seat = takeSeat(door.ask, 'enter', meetingId);
    await door.last('meeting:join').fail('GUEST_NOT_ADMITTED');
    expect((await seat).kind).toBe('refused');
    expect(door.names()).toEqual(['meeting:join']);
  });
});

describe('the doctor’s guests', () => {
  it('are those of the last answer or fact of this meeting', async () => {
    const door = link();
    const guests = createGuests({ meetingId, ask: door.ask });
    const asked = guests.watch();
    await door.last('guest:watch').answer({ guests: [entry] });
    await asked;
    expect(guests.list).toEqual([entry]);
    guests.hear({ name: 'guest:changed', payload: { meetingId: guest.id, guests: [] } });
    expect(guests.list).toEqual([entry]);
    const admitting = guests.admit(entry.id);
    await door.last('guest:admit').answer({ guests: [{ ...entry, state: 'admitted' }] });
    await admitting;
    expect(guests.list).toMatchObject([{ state: 'admitted' }]);
    const removing = guests.remove(entry.id);
    await door.last('guest:remove').fail('NO_ANSWER');
    await expect(removing).rejects.toMatchObject({ code: 'NO_ANSWER' });
    expect(guests.list).toMatchObject([{ state: 'admitted' }]);
  });
});

it('says that a guest has gone, who is then not among the others any more', () => {
  const before = withParticipant({ ...initialModel(), phase: 'in-call' }, guest);
  expect(newsOf(before, withoutParticipant(before, guest.id))).toEqual([{ kind: 'gone', name: 'Asha' }]);
});

describe('what a guest is told', () => {
  it('leaves out the record, and the patient’s name unless the doctor shows it', () => {
    const meeting = { ...aMeeting(), reason: 'Zqreasonqz', patientName: 'Zqpatientqz', appointmentId: guest.id };
    expect(JSON.stringify(meetingForGuest(meeting, false))).not.toMatch(/Zqreasonqz|Zqpatientqz/);
    expect(meetingForGuest(meeting, true)).toMatchObject({
      patientName: 'Zqpatientqz',
      reason: null,
      appointmentId: null,
    });
    expect(participantForGuest(aPerson('patient'), false).displayName).toBe('');
    expect(participantForGuest(aPerson('doctor'), false).displayName).toBe('doctor');
  });

  it('is nothing of what is not named for them, and at the door only that it begins or is over', () => {
    const joined = aJoin();
    expect(toldToGuests('meeting:a', 'guest:changed', { meetingId, guests: [entry] })).toEqual([]);
    expect(toldToGuests('meeting:a', 'queue:changed', { waiting: [] })).toEqual([]);
    const channels = (told: { channel: string }[]) => told.map(({ channel }) => channel);
    expect(channels(toldToGuests('meeting:a', 'participant:joined', { participant: joined.self }))).toEqual([
      'meeting:a:guests:room',
      'meeting:a:guests:room-named',
    ]);
    expect(channels(toldToGuests('meeting:a', 'meeting:ended', { meeting: joined.meeting }))[0]).toBe(
      'meeting:a:guests:door',
    );
  });
});
