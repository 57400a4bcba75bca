/** Every state of the machine against every event: what it becomes, that nothing changes, or the code of the refusal. */
import { describe, expect, it } from '@jest/globals';
import type { MeetingEvent } from '../../src/meetings/model.ts';
import { type StoredMeeting, step } from '../../src/meetings/step.ts';
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
  noShow,
  scheduled,
  start,
  tooLong,
  wait,
} from '../support/meeting-steps.ts';

// Letters: d and p for the seats, then p present, a away, 0 not yet there.
const states = {
  scheduled,
  'dp p0': () => after(start(0)),
  'dp pp': () => after(start(0), join('patient', 1)),
  'dp pa': () => after(start(0), join('patient', 1), drop('patient', 1, 2)),
  'da p0': () => after(start(0), drop('doctor', 1, 2, 'server')),
  'da pp': () => after(start(0), join('patient', 1), drop('doctor', 1, 2, 'server')),
  'da pa': () => after(start(0), join('patient', 1), drop('doctor', 1, 2, 'server'), drop('patient', 1, 2)),
  ended: () => after(start(0), end(3)),
  cancelled: () => after(cancel(-3)),
} satisfies Record<string, () => StoredMeeting>;

const grace = { ...clinic, doctorGraceSeconds: 30 };
// Instants lie after every deadline but before the longest duration, unless the name says otherwise.
const events = {
  wait: wait(1000),
  'leave queue': { type: 'leave_queue', at: at(1000) },
  start: start(1000),
  'start too early': start(-5000),
  'join doctor': join('doctor', 1000),
  'join patient': join('patient', 1000),
  'drop doctor': drop('doctor', 1, 1000),
  'drop doctor with grace': drop('doctor', 1, 1000, 'connection', grace),
  'drop doctor by server': drop('doctor', 1, 1000, 'server'),
  'drop doctor, old seat': drop('doctor', 0, 1000),
  'drop patient': drop('patient', 1, 1000),
  'drop patient by server': drop('patient', 1, 1000, 'server'),
  'drop patient, old seat': drop('patient', 0, 1000),
  'deadline doctor': deadline('doctor', 1, 1000),
  'deadline doctor, too soon': deadline('doctor', 1, 3),
  'deadline patient': deadline('patient', 1, 1000),
  'deadline patient, other absence': deadline('patient', 2, 1000),
  'end doctor': end(1000),
  'end admin': end(1000, 'admin'),
  'cancel patient': cancel(1000, 'patient'),
  reschedule: { type: 'reschedule', scheduledAt: at(90_000), at: at(1000) },
  'reschedule to the same time': { type: 'reschedule', scheduledAt: at(0), at: at(1000) },
  'longest, not yet': tooLong(1000),
  longest: tooLong(14_400),
  'no-show, not yet': noShow(1000),
  'no-show': noShow(1800),
} satisfies Record<string, MeetingEvent>;

type State = keyof typeof states;
const columns: readonly State[] = [
  'scheduled',
  'dp p0',
  'dp pp',
  'dp pa',
  'da p0',
  'da pp',
  'da pa',
  'ended',
  'cancelled',
];
const E = 'MEETING_ENDED';
const C = 'MEETING_CANCELLED';
const N = 'MEETING_NOT_STARTED';
const A = 'MEETING_ACTIVE';
const T = 'TOO_EARLY';

/** One line an event, one column a state; `=` means allowed and nothing changes. */
const table: Record<keyof typeof events, readonly string[]> = {
  wait: ['=', A, A, A, A, A, A, E, C],
  'leave queue': ['=', '=', '=', '=', '=', '=', '=', E, C],
  start: ['dp p0', 'dp p0', 'dp pp', 'dp pa', 'dp p0', 'dp pp', 'dp pa', E, C],
  'start too early': [T, 'dp p0', 'dp pp', 'dp pa', 'dp p0', 'dp pp', 'dp pa', E, C],
  'join doctor': [N, 'dp p0', 'dp pp', 'dp pa', 'dp p0', 'dp pp', 'dp pa', E, C],
  'join patient': [N, 'dp pp', 'dp pp', 'dp pp', 'da pp', 'da pp', 'da pp', E, C],
  'drop doctor': ['=', 'ended', 'ended', 'ended', '=', '=', '=', E, C],
  'drop doctor with grace': ['=', 'da p0', 'da pp', 'da pa', '=', '=', '=', E, C],
  'drop doctor by server': ['=', 'da p0', 'da pp', 'da pa', '=', '=', '=', E, C],
  'drop doctor, old seat': ['=', '=', '=', '=', '=', '=', '=', E, C],
  'drop patient': ['=', '=', 'dp pa', '=', '=', 'da pa', '=', E, C],
  'drop patient by server': ['=', '=', 'dp pa', '=', '=', 'da pa', '=', E, C],
  'drop patient, old seat': ['=', '=', '=', '=', '=', '=', '=', E, C],
  'deadline doctor': ['=', '=', '=', '=', 'ended', 'ended', 'ended', E, C],
  'deadline doctor, too soon': ['=', '=', '=', '=', '=', '=', '=', E, C],
  'deadline patient': ['=', '=', '=', 'ended', '=', '=', 'ended', E, C],
  'deadline patient, other absence': ['=', '=', '=', '=', '=', '=', '=', E, C],
  'end doctor': [N, 'ended', 'ended', 'ended', 'ended', 'ended', 'ended', E, C],
  'end admin': [N, 'ended', 'ended', 'ended', 'ended', 'ended', 'ended', E, C],
  'cancel patient': ['cancelled', A, A, A, A, A, A, E, C],
  reschedule: ['scheduled', A, A, A, A, A, A, E, C],
  'reschedule to the same time': ['=', A, A, A, A, A, A, E, C],
  'longest, not yet': ['=', '=', '=', '=', '=', '=', '=', E, C],
  longest: ['=', 'ended', 'ended', 'ended', 'ended', 'ended', 'ended', E, C],
  'no-show, not yet': ['=', '=', '=', '=', '=', '=', '=', E, C],
  'no-show': ['cancelled', '=', '=', '=', '=', '=', '=', E, C],
};

const letter = { present: 'p', away: 'a', absent: '0' } as const;

function name({ value }: StoredMeeting): string {
  return typeof value === 'string' ? value : `d${letter[value.active.doctor]} p${letter[value.active.patient]}`;
}

function become(before: StoredMeeting, event: MeetingEvent): string {
  const result = step(before, event);
  if (!result.accepted) return result.code;
  return result.changed ? name(result.stored) : '=';
}

describe('every state × every event', () => {
  it.each(columns)('starts from states that are what they are called: %s', (state) => {
    expect(name(states[state]())).toBe(state);
  });

  it.each(Object.keys(table) as (keyof typeof events)[])('%s', (event) => {
    const outcome = columns.map((state) => become(states[state](), events[event]));
    expect(Object.fromEntries(columns.map((state, i) => [state, outcome[i]]))).toEqual(
      Object.fromEntries(columns.map((state, i) => [state, table[event][i]])),
    );
  });

  it('knows every kind of event', () => {
    const kinds = new Set(Object.values(events).map(({ type }) => type));
    expect([...kinds].toSorted()).toEqual([
      'cancel',
      'deadline',
      'drop',
      'end',
      'join',
      'leave_queue',
      'max_duration',
      'no_show',
      'reschedule',
      'start',
      'wait',
    ]);
  });

  it('gives back the very snapshot that came in when nothing changes', () => {
    const before = states['dp pp']();
    expect(accepted(step(before, drop('patient', 0, 1000))).stored).toBe(before);
  });
});
