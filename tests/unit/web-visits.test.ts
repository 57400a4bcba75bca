/** A patient's visits and the doctor's queue in words: where one is, and what comes next. */
import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../web/src/api/problem.ts';
import { asksForClinic, checkFields, credentials } from '../../web/src/features/auth/sign-in-form.ts';
import { readEntry } from '../../web/src/features/check/entry.ts';
import { verdictOf } from '../../web/src/features/check/verdict.ts';
import { arrivals, nextOf } from '../../web/src/features/desk/next.ts';
import { inOrder, stageOf } from '../../web/src/features/visits/visit-words.ts';
import { aMeeting } from '../support/call-fakes.ts';

const now = Date.parse('2026-11-21T10:00:00.000Z');
const inMinutes = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

describe('the sign-in form', () => {
  it('says what is missing before anything is sent', () => {
    expect(checkFields({ email: ' ', password: '', clinic: '' }, true)).toEqual({
      email: 'emailMissing',
      password: 'passwordMissing',
      clinic: 'clinicMissing',
    });
    expect(checkFields({ email: 'kamala', password: 'x', clinic: '' }, false)).toEqual({ email: 'emailWrong' });
    expect(checkFields({ email: 'k@demo.clinic', password: ' ', clinic: '' }, false)).toEqual({});
  });

  it('sends the password untouched, and the clinic only when there is one', () => {
    expect(credentials({ email: ' k@demo.clinic ', password: ' p ', clinic: '' })).toEqual({
      email: 'k@demo.clinic',
      password: ' p ',
    });
    expect(credentials({ email: 'k@demo.clinic', password: 'p', clinic: ' Demo ' }).tenant).toBe('demo');
  });

  it('asks for the clinic when the server does, and for nothing else', () => {
    const fault = (path: string) => new ApiError('INVALID_INPUT', { status: 422, faults: [{ path, message: 'm' }] });
    expect(asksForClinic(fault('tenant'))).toBe(true);
    expect(asksForClinic(fault('email'))).toBe(false);
    expect(asksForClinic(new ApiError('INVALID_CREDENTIALS', { status: 401 }))).toBe(false);
  });
});

describe('a patient’s visit', () => {
  it('says where it is by its state and the time', () => {
    const at = (minutes: number) => aMeeting({ status: 'scheduled', scheduledAt: inMinutes(minutes) });
    expect(stageOf(at(61), now)).toBe('planned');
    expect(stageOf(at(60), now)).toBe('soon');
    expect(stageOf(at(0), now)).toBe('late');
    expect(stageOf({ ...at(600), waitingSince: inMinutes(-1) }, now)).toBe('waiting');
    expect(stageOf(aMeeting({ status: 'active' }), now)).toBe('active');
    expect(stageOf(aMeeting({ status: 'ended' }), now)).toBe('over');
    expect(stageOf(aMeeting({ status: 'cancelled' }), now)).toBe('over');
  });

  it('stands in the list with what goes on first, then by time, and what is over apart', () => {
    const visit = (id: string, status: 'scheduled' | 'active' | 'ended' | 'cancelled', minutes: number) =>
      aMeeting({ id, status, scheduledAt: inMinutes(minutes) });
    const { coming, earlier } = inOrder([
      visit('later', 'scheduled', 300),
      visit('old', 'ended', -3000),
      visit('soon', 'scheduled', 10),
      visit('on', 'active', 20),
      visit('off', 'cancelled', -10),
    ]);
    expect(coming.map(({ id }) => id)).toEqual(['on', 'soon', 'later']);
    expect(earlier.map(({ id }) => id)).toEqual(['off', 'old']);
  });

  it('is entered by what the history entry remembers, and by nothing else', () => {
    expect(readEntry({ camera: false })).toEqual({ camera: false });
    for (const other of [null, undefined, 'camera', {}, { camera: 'yes' }]) expect(readEntry(other)).toBeNull();
  });
});

describe('the device check', () => {
  const found = { asking: false, hasCamera: true, hasMicrophone: true, fault: null };
  it('names what works and what does not', () => {
    expect(verdictOf({ ...found, asking: true })).toEqual({ kind: 'asking' });
    expect(verdictOf(found)).toEqual({ kind: 'ready' });
    expect(verdictOf({ ...found, hasCamera: false, fault: 'in-use' })).toEqual({ kind: 'sound-only' });
    expect(verdictOf({ ...found, hasMicrophone: false, fault: 'not-found' })).toEqual({ kind: 'picture-only' });
    expect(verdictOf({ ...found, hasCamera: false, hasMicrophone: false, fault: 'denied' })).toEqual({
      kind: 'nothing',
      fault: 'denied',
    });
  });
});

describe('the doctor’s desk', () => {
  const waiting = (meetingId: string, patientName = meetingId) => ({
    meetingId,
    patientId: 'p',
    patientName,
    reason: null,
    scheduledAt: inMinutes(0),
    since: inMinutes(-5),
    network: null,
    devices: null,
    moved: false,
    unread: 0,
    alarm: null,
  });
  const today = [
    aMeeting({ id: 'done', status: 'ended' }),
    aMeeting({ id: 'm1', status: 'scheduled' }),
    aMeeting({ id: 'm2', status: 'scheduled' }),
  ];

  it('offers next who waits, else who is planned, never the visit one comes from', () => {
    expect(nextOf([waiting('m1'), waiting('m2')], today, 'm1')).toEqual({ kind: 'waiting', entry: waiting('m2') });
    expect(nextOf([waiting('m1')], today, 'm1')).toMatchObject({ kind: 'planned', meeting: { id: 'm2' } });
    expect(nextOf([], today.slice(0, 1), 'm1')).toEqual({ kind: 'nobody' });
  });

  it('names those who came since the last look', () => {
    expect(arrivals([waiting('a', 'Asha')], [waiting('b', 'Bela'), waiting('a', 'Asha')])).toEqual(['Bela']);
    expect(arrivals([waiting('a', 'Asha')], [])).toEqual([]);
  });
});
