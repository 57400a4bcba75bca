/** Every state of an appointment against every event: what it becomes, that nothing changes, or that it is refused. */
import { describe, expect, it } from '@jest/globals';
import type { AppointmentEvent, StoredAppointment } from '../../src/scheduling/appointments/model.ts';
import { AppointmentStatus } from '../../src/scheduling/appointments/schema.ts';
import { step } from '../../src/scheduling/appointments/step.ts';

const ten = Date.parse('2026-11-23T10:00:00.000Z');
/** The instant `minutes` after ten, when the appointment begins. */
const at = (minutes: number) => new Date(ten + minutes * 60_000).toISOString();

function state(status: AppointmentStatus): StoredAppointment {
  const cancelled = status === 'cancelled';
  return {
    status,
    context: {
      startsAt: at(0),
      endsAt: at(30),
      holdUntil: status === 'pending' ? at(-600) : null,
      cancelledBy: cancelled ? 'staff' : null,
      cancelCode: cancelled ? 'other' : null,
      cancelledLate: false,
      noShowSide: status === 'noshow' ? 'patient' : null,
      sequence: 0,
    },
  };
}

const freeHours = 2;
const move = (by: 'patient' | 'staff', now: number, to = 1_440): AppointmentEvent => ({
  type: 'reschedule',
  by,
  startsAt: at(to),
  endsAt: at(to + 30),
  freeHours,
  at: at(now),
});
const cancel = (by: 'patient' | 'doctor', now: number): AppointmentEvent => ({
  type: 'cancel',
  by,
  code: by === 'patient' ? 'pat' : 'prov',
  freeHours,
  at: at(now),
});

const events = {
  'accept in time': { type: 'accept', at: at(-601) },
  'accept too late': { type: 'accept', at: at(-600) },
  decline: { type: 'decline', by: 'patient', at: at(-700) },
  'expire too soon': { type: 'expire', at: at(-601) },
  expire: { type: 'expire', at: at(-600) },
  'move in time': move('patient', -120),
  'move too late': move('patient', -119),
  'move by the desk': move('staff', 10),
  'move to the same time': move('staff', -500, 0),
  'cancel early': cancel('patient', -121),
  'cancel when it has begun': cancel('patient', 0),
  'cancel by the doctor': cancel('doctor', 20),
  'arrive a day early': { type: 'arrive', at: at(-1_441) },
  arrive: { type: 'arrive', at: at(-10) },
  'fulfil a day early': { type: 'fulfil', at: at(-1_441) },
  fulfil: { type: 'fulfil', at: at(25) },
  'no-show before it begins': { type: 'no_show', side: 'patient', at: at(-1) },
  'no-show of the patient': { type: 'no_show', side: 'patient', at: at(15) },
  'no-show of the doctor': { type: 'no_show', side: 'doctor', at: at(15) },
} satisfies Record<string, AppointmentEvent>;

const columns = AppointmentStatus.options;
const X = 'refused';

/** One line an event, one column a state; `=` means allowed and nothing changes. */
const table: Record<keyof typeof events, readonly string[]> = {
  'accept in time': ['booked', '=', X, X, X, X],
  'accept too late': [X, '=', X, X, X, X],
  decline: ['cancelled', X, X, X, X, X],
  'expire too soon': ['=', '=', '=', '=', '=', '='],
  expire: ['cancelled', '=', '=', '=', '=', '='],
  'move in time': [X, 'booked', X, X, X, X],
  'move too late': [X, X, X, X, X, X],
  'move by the desk': [X, 'booked', X, X, X, X],
  'move to the same time': [X, '=', X, X, X, X],
  'cancel early': ['cancelled', 'cancelled', X, X, X, X],
  'cancel when it has begun': ['cancelled', X, X, X, X, X],
  'cancel by the doctor': ['cancelled', 'cancelled', 'cancelled', X, X, X],
  'arrive a day early': [X, X, '=', X, X, X],
  arrive: [X, 'arrived', '=', X, X, X],
  'fulfil a day early': [X, X, 'fulfilled', X, X, X],
  fulfil: [X, 'fulfilled', 'fulfilled', X, X, X],
  'no-show before it begins': [X, X, X, X, X, X],
  'no-show of the patient': [X, 'noshow', X, X, X, X],
  'no-show of the doctor': [X, 'noshow', 'noshow', X, X, X],
};

function become(before: StoredAppointment, event: AppointmentEvent): string {
  const result = step(before, event);
  if (!result.accepted) return X;
  return result.changed ? result.stored.status : '=';
}

describe('every state × every event', () => {
  it.each(Object.keys(table) as (keyof typeof events)[])('%s', (event) => {
    const outcome = columns.map((status) => [status, become(state(status), events[event])]);
    expect(Object.fromEntries(outcome)).toEqual(
      Object.fromEntries(columns.map((status, index) => [status, table[event][index]])),
    );
  });

  it('says why in a sentence whenever it refuses', () => {
    const results = columns.flatMap((status) => Object.values(events).map((event) => step(state(status), event)));
    const reasons = results.flatMap((result) => (result.accepted ? [] : [result.why]));
    expect(reasons.length).toBeGreaterThan(50);
    for (const why of reasons) expect(why).toMatch(/^[A-Z].*\.$/);
  });

  it('gives back the very thing that came in when nothing changes', () => {
    const before = state('booked');
    const result = step(before, events['move to the same time']);
    expect(result.accepted && result.stored).toBe(before);
  });
});

describe('what an event leaves behind', () => {
  const after = (status: AppointmentStatus, event: AppointmentEvent) => {
    const result = step(state(status), event);
    if (!result.accepted) throw new Error(result.why);
    return result.stored.context;
  };

  it('moves the time and raises the number of its calendar file', () => {
    expect(after('booked', events['move in time'])).toMatchObject({
      startsAt: at(1_440),
      endsAt: at(1_470),
      sequence: 1,
    });
  });

  it('notes a late call by the patient, and no other', () => {
    expect(after('booked', cancel('patient', -119))).toMatchObject({ cancelledLate: true, cancelledBy: 'patient' });
    expect(after('booked', cancel('patient', -120))).toMatchObject({ cancelledLate: false, sequence: 1 });
    expect(after('booked', cancel('doctor', 5))).toMatchObject({ cancelledLate: false, cancelCode: 'prov' });
  });

  it('lets an offer go in whichever way it is answered', () => {
    expect(after('pending', events['accept in time'])).toMatchObject({ holdUntil: null, cancelledBy: null });
    expect(after('pending', events.decline)).toMatchObject({ holdUntil: null, cancelledBy: 'patient' });
    expect(after('pending', events.expire)).toMatchObject({ holdUntil: null, cancelledBy: 'clock' });
  });

  it('keeps who was missing', () => {
    expect(after('arrived', events['no-show of the doctor'])).toMatchObject({ noShowSide: 'doctor' });
  });
});
