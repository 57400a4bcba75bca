/** MEETING.md, row by row. Instants are seconds after the scheduled time. */
import { describe, expect, it } from '@jest/globals';
import { dueEvent, pendingEvents, reconnectDeadline } from '../../src/meetings/pending.ts';
import { type Step, type StoredMeeting, statusOf, step } from '../../src/meetings/step.ts';
import {
  accepted,
  after,
  at,
  cancel,
  clinic,
  deadline,
  drop,
  end,
  join,
  nodeA,
  nodeB,
  noShow,
  scheduled,
  start,
  tooLong,
  wait,
} from '../support/meeting-steps.ts';

const both = () => after(start(0), join('patient', 10));
const ended = () => after(start(0), join('patient', 10), end(20));
const cancelled = () => after(cancel(-60));
const seats = (stored: StoredMeeting) => stored.context.seats;
const unchanged = (before: StoredMeeting): Step => ({ accepted: true, changed: false, stored: before, effects: [] });

describe('wait', () => {
  it('changes nothing in the machine', () => {
    expect(step(scheduled(), wait(-600))).toEqual(unchanged(scheduled()));
  });
});

describe('start of a scheduled meeting', () => {
  it('makes it active with the doctor present and the patient absent, and keeps when', () => {
    const { stored, effects } = accepted(step(scheduled(), start(5)));
    expect(stored.value).toEqual({ active: { doctor: 'present', patient: 'absent' } });
    expect(stored.context).toMatchObject({ startedAt: at(5), endedAt: null, endReason: null });
    expect(seats(stored).doctor).toEqual({ seat: 1, absence: 0, nodeId: nodeA, deadline: null, cause: null });
    expect(effects).toEqual([{ type: 'started' }, { type: 'joined', role: 'doctor', seat: 1 }]);
  });

  it('is allowed from earlyStartMinutes before the time on', () => {
    expect(step(scheduled(), start(-1800))).toMatchObject({ accepted: true });
  });

  it('is TOO_EARLY a moment before that', () => {
    expect(step(scheduled(), start(-1800.001))).toEqual({ accepted: false, code: 'TOO_EARLY' });
  });
});

describe('start of an active meeting', () => {
  it('is not an error: it takes the seat anew, and the meeting was started when it was', () => {
    const { stored, effects } = accepted(step(after(start(0)), start(30, nodeB)));
    expect(stored.context.startedAt).toBe(at(0));
    expect(seats(stored).doctor).toMatchObject({ seat: 2, nodeId: nodeB });
    expect(effects).toEqual([{ type: 'joined', role: 'doctor', seat: 2 }]);
  });

  it('brings a doctor who is away back', () => {
    const away = after(start(0), drop('doctor', 1, 10, 'server'));
    const { stored, effects } = accepted(step(away, start(20)));
    expect(stored.value).toEqual({ active: { doctor: 'present', patient: 'absent' } });
    expect(effects).toEqual([{ type: 'returned', role: 'doctor', seat: 2 }]);
  });
});

describe('join of an active meeting', () => {
  it('makes the patient present', () => {
    const { stored, effects } = accepted(step(after(start(0)), join('patient', 10)));
    expect(stored.value).toEqual({ active: { doctor: 'present', patient: 'present' } });
    expect(effects).toEqual([{ type: 'joined', role: 'patient', seat: 1 }]);
  });

  it.each(['doctor', 'patient'] as const)('gives the %s who is present a higher seat number', (role) => {
    const { stored, effects } = accepted(step(both(), join(role, 20, nodeB)));
    expect(seats(stored)[role]).toMatchObject({ seat: 2, nodeId: nodeB });
    expect(effects).toEqual([{ type: 'joined', role, seat: 2 }]);
  });

  it.each(['doctor', 'patient'] as const)('ends the absence of the %s and takes its deadline away', (role) => {
    const away = accepted(step(both(), drop(role, 1, 20, 'server'))).stored;
    const { stored, effects } = accepted(step(away, join(role, 40)));
    expect(stored.value).toEqual({ active: { doctor: 'present', patient: 'present' } });
    expect(seats(stored)[role]).toEqual({ seat: 2, absence: 1, nodeId: nodeA, deadline: null, cause: null });
    expect(effects).toEqual([{ type: 'returned', role, seat: 2 }]);
    expect(reconnectDeadline(stored)).toBeNull();
  });
});

describe('join of a scheduled meeting', () => {
  it.each(['doctor', 'patient'] as const)('is MEETING_NOT_STARTED for the %s', (role) => {
    expect(step(scheduled(), join(role, 0))).toEqual({ accepted: false, code: 'MEETING_NOT_STARTED' });
  });
});

describe('drop of the patient', () => {
  it.each(['connection', 'leave'] as const)('by %s opens the reconnect window', (cause) => {
    const { stored, effects } = accepted(step(both(), drop('patient', 1, 20, cause)));
    expect(stored.value).toEqual({ active: { doctor: 'present', patient: 'away' } });
    expect(seats(stored).patient).toEqual({ seat: 1, absence: 1, nodeId: null, deadline: at(320), cause });
    expect(effects).toEqual([{ type: 'dropped', role: 'patient', seat: 1, cause, deadline: at(320) }]);
  });

  it('follows the settings of that moment and not later ones', () => {
    const away = accepted(
      step(both(), drop('patient', 1, 20, 'connection', { ...clinic, reconnectWindowSeconds: 45 })),
    );
    expect(dueEvent(away.stored, clinic, at(65))).toMatchObject({ type: 'deadline', at: at(65) });
    expect(dueEvent(away.stored, clinic, at(64.999))).toBeNull();
  });
});

describe('drop of the doctor', () => {
  it.each(['connection', 'leave'] as const)('by %s ends the meeting at once when there is no grace', (cause) => {
    const { stored, effects } = accepted(step(both(), drop('doctor', 1, 20, cause)));
    expect(stored).toMatchObject({ value: 'ended', context: { endedAt: at(20), endReason: 'doctor_disconnected' } });
    expect(effects).toEqual([{ type: 'left', role: 'doctor', seat: 1 }, { type: 'ended' }]);
  });

  it('opens the grace when the clinic gives one', () => {
    const { stored } = accepted(
      step(both(), drop('doctor', 1, 20, 'connection', { ...clinic, doctorGraceSeconds: 90 })),
    );
    expect(stored.value).toEqual({ active: { doctor: 'away', patient: 'present' } });
    expect(seats(stored).doctor).toMatchObject({ deadline: at(110), cause: 'connection' });
  });
});

describe('drop by a server', () => {
  it('gives both the recovery window at least, and does not end the meeting of a doctor without grace', () => {
    const doctorAway = accepted(step(both(), drop('doctor', 1, 20, 'server'))).stored;
    const { stored } = accepted(step(doctorAway, drop('patient', 1, 20, 'server')));
    expect(stored.value).toEqual({ active: { doctor: 'away', patient: 'away' } });
    expect(seats(stored).doctor).toMatchObject({ deadline: at(80), cause: 'server' });
    expect(seats(stored).patient).toMatchObject({ deadline: at(320), cause: 'server' });
    expect(reconnectDeadline(stored)).toBe(at(80));
  });

  it('gives the longer of recovery window and grace, and of recovery window and reconnect window', () => {
    const rules = { ...clinic, doctorGraceSeconds: 90, recoveryWindowSeconds: 75, reconnectWindowSeconds: 30 };
    const doctorAway = accepted(step(both(), drop('doctor', 1, 20, 'server', rules))).stored;
    const { stored } = accepted(step(doctorAway, drop('patient', 1, 20, 'server', rules)));
    expect(seats(stored).doctor.deadline).toBe(at(110));
    expect(seats(stored).patient.deadline).toBe(at(95));
  });

  it('leaves a meeting without grace and without recovery window to its deadline', () => {
    const rules = { ...clinic, recoveryWindowSeconds: 0 };
    const { stored } = accepted(step(both(), drop('doctor', 1, 20, 'server', rules)));
    expect(statusOf(stored)).toBe('active');
    expect(seats(stored).doctor.deadline).toBe(at(20));
  });
});

describe('deadline', () => {
  it('of the patient ends the meeting as patient_timeout', () => {
    const away = accepted(step(both(), drop('patient', 1, 20))).stored;
    const { stored, effects } = accepted(step(away, deadline('patient', 1, 320)));
    expect(stored).toMatchObject({ value: 'ended', context: { endedAt: at(320), endReason: 'patient_timeout' } });
    expect(effects).toEqual([{ type: 'left', role: 'patient', seat: 1 }, { type: 'ended' }]);
  });

  it('of the doctor ends the meeting as doctor_disconnected', () => {
    const away = accepted(step(both(), drop('doctor', 1, 20, 'server'))).stored;
    const { stored } = accepted(step(away, deadline('doctor', 1, 80)));
    expect(stored).toMatchObject({ value: 'ended', context: { endedAt: at(80), endReason: 'doctor_disconnected' } });
  });

  it('counts from its own time, however late it is noticed', () => {
    const away = accepted(step(both(), drop('patient', 1, 20))).stored;
    expect(accepted(step(away, deadline('patient', 1, 90_000))).stored.context.endedAt).toBe(at(320));
  });

  it('changes nothing before its time', () => {
    const away = accepted(step(both(), drop('patient', 1, 20))).stored;
    expect(step(away, deadline('patient', 1, 319.999))).toEqual(unchanged(away));
  });

  it('of an earlier absence changes nothing', () => {
    const second = accepted(
      step(after(start(0), join('patient', 10), drop('patient', 1, 20), join('patient', 30)), drop('patient', 2, 40)),
    );
    expect(step(second.stored, deadline('patient', 1, 400))).toEqual(unchanged(second.stored));
  });

  it('of somebody who is back changes nothing', () => {
    const back = after(start(0), join('patient', 10), drop('patient', 1, 20), join('patient', 30));
    expect(step(back, deadline('patient', 1, 320))).toEqual(unchanged(back));
  });
});

describe('end', () => {
  it.each([
    ['doctor', 'doctor_ended'],
    ['staff', 'admin_ended'],
    ['admin', 'admin_ended'],
  ] as const)('by the %s ends it as %s', (by, endReason) => {
    const { stored, effects } = accepted(step(both(), end(100, by)));
    expect(stored).toMatchObject({ value: 'ended', context: { endedAt: at(100), endReason } });
    expect(effects).toEqual([{ type: 'ended' }]);
  });

  it('works while somebody is away, and nobody is awaited then', () => {
    const away = accepted(step(both(), drop('patient', 1, 20))).stored;
    const { stored } = accepted(step(away, end(30)));
    expect(stored.context).toMatchObject({ endedAt: at(30), endReason: 'doctor_ended' });
    expect(reconnectDeadline(stored)).toBeNull();
    expect(pendingEvents(stored, clinic)).toEqual([]);
  });

  it('never lies before the start, whatever the clocks of two nodes say', () => {
    expect(accepted(step(after(start(0)), end(-3))).stored.context.endedAt).toBe(at(0));
  });
});

describe('longest duration', () => {
  it('ends the meeting at its own time', () => {
    const { stored } = accepted(step(both(), tooLong(99_999)));
    expect(stored).toMatchObject({ value: 'ended', context: { endedAt: at(240 * 60), endReason: 'max_duration' } });
  });

  it('changes nothing before its time', () => {
    const before = both();
    expect(step(before, tooLong(240 * 60 - 0.001))).toEqual(unchanged(before));
  });

  it('follows the settings of now', () => {
    const shorter = { ...clinic, maxDurationMinutes: 10 };
    expect(dueEvent(both(), shorter, at(600))).toMatchObject({ type: 'max_duration', at: at(600) });
    expect(dueEvent(both(), clinic, at(600))).toBeNull();
  });
});

describe('cancel of a scheduled meeting', () => {
  it.each(['doctor', 'patient', 'staff', 'admin'] as const)('by the %s calls it off and says by whom', (by) => {
    const { stored, effects } = accepted(step(scheduled(), cancel(-60, by)));
    expect(stored).toMatchObject({
      value: 'cancelled',
      context: { endReason: 'cancelled', cancelledBy: by, endedAt: null },
    });
    expect(effects).toEqual([{ type: 'ended' }]);
  });
});

describe('cancel of an active meeting', () => {
  it('is refused with MEETING_ACTIVE', () => {
    expect(step(both(), cancel(20))).toEqual({ accepted: false, code: 'MEETING_ACTIVE' });
  });
});

describe('no-show', () => {
  it('calls a meeting off that nobody has started noShowMinutes after its time', () => {
    const { stored } = accepted(step(scheduled(), noShow(1800)));
    expect(stored).toMatchObject({ value: 'cancelled', context: { endReason: 'no_show', cancelledBy: 'clock' } });
  });

  it('changes nothing before that', () => {
    expect(step(scheduled(), noShow(1799.999))).toEqual(unchanged(scheduled()));
  });
});

describe('anything after the end', () => {
  const anything = [
    wait(30),
    start(30),
    join('doctor', 30),
    join('patient', 30),
    drop('doctor', 1, 30),
    drop('patient', 1, 30, 'server'),
    deadline('patient', 1, 30),
    end(30),
    end(30, 'admin'),
    cancel(30),
    noShow(99_999),
    tooLong(99_999),
  ];

  it.each(anything)('is refused: $type', (event) => {
    expect(step(ended(), event)).toEqual({ accepted: false, code: 'MEETING_ENDED' });
    expect(step(cancelled(), event)).toEqual({ accepted: false, code: 'MEETING_CANCELLED' });
  });
});

describe('an older seat', () => {
  it('drops nobody: the place was taken over by a newer connection', () => {
    const takenOver = accepted(step(both(), join('patient', 15))).stored;
    expect(step(takenOver, drop('patient', 1, 16))).toEqual(unchanged(takenOver));
    expect(step(takenOver, drop('patient', 1, 16, 'server'))).toEqual(unchanged(takenOver));
  });

  it('of a doctor who took over on another device does not end the meeting', () => {
    const takenOver = accepted(step(both(), join('doctor', 15))).stored;
    expect(step(takenOver, drop('doctor', 1, 16))).toEqual(unchanged(takenOver));
  });

  it('does not drop twice', () => {
    const away = accepted(step(both(), drop('patient', 1, 20))).stored;
    expect(step(away, drop('patient', 1, 200))).toEqual(unchanged(away));
  });
});
