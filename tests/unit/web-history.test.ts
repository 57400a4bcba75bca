/** The history of visits: its filters in the address, its sums, its lanes. */
import { describe, expect, it } from '@jest/globals';
import {
  type Arbitrary,
  assert,
  constantFrom,
  date,
  integer,
  option,
  property,
  record,
  string,
  uuid,
} from 'fast-check';
import {
  endReasons as protocolReasons,
  meetingStatuses as protocolStatuses,
} from '../../signaling/protocol/meeting.ts';
import {
  endReasons,
  type Meeting,
  meetingSorts,
  meetingStatuses,
  type TimelineEntry,
} from '../../web/src/api/meetings.ts';
import {
  type Filters,
  isFiltered,
  readFilters,
  sortedBy,
  toQuery,
  writeFilters,
} from '../../web/src/features/history/filters.ts';
import { lanesOf, placeOf } from '../../web/src/features/history/lanes.ts';
import { totalsOf } from '../../web/src/features/history/totals.ts';
import { aMeeting } from '../support/call-fakes.ts';

const kolkata = { timeZone: 'Asia/Kolkata', locale: 'en-IN' };
const nothing = readFilters('');
/** `SEED=…` runs the same again. */
const seed = Number(process.env['SEED'] ?? Date.now() % 0x7fffffff);

describe('the client’s lists of states and endings', () => {
  it('are the protocol’s', () => {
    expect(meetingStatuses).toEqual([...protocolStatuses]);
    expect(endReasons).toEqual([...protocolReasons]);
  });
});

describe(`the filters in the address bar (SEED=${seed})`, () => {
  const day = date({ min: new Date('2020-01-01'), max: new Date('2039-12-31'), noInvalidDate: true }).map((one) =>
    one.toISOString().slice(0, 10),
  );
  const filters: Arbitrary<Filters> = record({
    status: option(constantFrom(...meetingStatuses)),
    doctorId: option(uuid()),
    patientId: option(uuid()),
    from: option(day),
    to: option(day),
    endReason: option(constantFrom(...endReasons)),
    minMinutes: option(integer({ min: 1, max: 100_000 })),
    sort: constantFrom(...meetingSorts),
  });

  it('are read back as they were written, whatever they are', () => {
    assert(
      property(filters, (some) => {
        expect(readFilters(writeFilters(some))).toEqual(some);
      }),
      { seed },
    );
  });

  it('leave out what makes no sense there, and never fail', () => {
    expect(readFilters('?status=lost&doctor=1&from=soon&ended=&minutes=-3&sort=name')).toEqual(nothing);
    assert(
      property(string(), (text) => void readFilters(text)),
      { seed },
    );
  });

  it('leave the address clean when nothing is filtered; an order alone filters nothing', () => {
    expect(writeFilters(nothing)).toBe('');
    expect(isFiltered({ ...nothing, sort: 'durationSeconds' })).toBe(false);
    expect(isFiltered({ ...nothing, minMinutes: 5 })).toBe(true);
  });

  it('mean whole days at the clinic, the last one inside', () => {
    const query = toQuery({ ...nothing, from: '2026-11-21', to: '2026-11-21', minMinutes: 10 }, kolkata);
    expect(query).toMatchObject({
      from: '2026-11-20T18:30:00.000Z',
      to: '2026-11-21T18:30:00.000Z',
      minDurationSeconds: 600,
      sort: '-scheduledAt',
    });
  });

  it('turn the order of a column round at the second press', () => {
    expect(sortedBy('-scheduledAt', 'durationSeconds')).toBe('-durationSeconds');
    expect(sortedBy('-durationSeconds', 'durationSeconds')).toBe('durationSeconds');
    expect(sortedBy('durationSeconds', 'durationSeconds')).toBe('-durationSeconds');
  });
});

describe('the sums under the table', () => {
  it('count what took place, and how visits ended, the most frequent first', () => {
    const visits: Meeting[] = [
      aMeeting({ durationSeconds: 600, endReason: 'doctor_ended' }),
      aMeeting({ durationSeconds: 0, endReason: 'doctor_ended' }),
      aMeeting({ endReason: 'no_show' }),
      aMeeting({}),
    ];
    expect(totalsOf(visits)).toEqual({
      visits: 4,
      seconds: 600,
      averageSeconds: 300,
      byReason: [
        { reason: 'doctor_ended', count: 2 },
        { reason: 'no_show', count: 1 },
      ],
    });
    expect(totalsOf([])).toEqual({ visits: 0, seconds: 0, averageSeconds: null, byReason: [] });
  });
});

describe('the lanes of a visit', () => {
  const start = Date.parse('2026-11-21T10:00:00.000Z');
  function entry(
    seconds: number,
    type: string,
    actorRole: string,
    detail: TimelineEntry['detail'] = {},
  ): TimelineEntry {
    const at = new Date(start + seconds * 1000).toISOString();
    return { id: `${seconds}`, type, actorRole, actorId: null, at, nodeId: null, detail };
  }
  const at = (seconds: number) => start + seconds * 1000;
  const ended = aMeeting({ status: 'ended' });

  it('show waiting, presence, an absence with its return, and the end', () => {
    const drawing = lanesOf(
      ended,
      [
        entry(0, 'join_refused', 'patient', { code: 'MEETING_NOT_STARTED' }),
        entry(0, 'waited', 'patient', { role: 'patient' }),
        entry(60, 'start', 'doctor', { role: 'doctor', seat: 1 }),
        entry(62, 'join', 'patient', { role: 'patient', seat: 1 }),
        entry(100, 'drop', 'patient', { role: 'patient', cause: 'connection' }),
        entry(130, 'join', 'patient', { role: 'patient', seat: 2, returned: true }),
        entry(200, 'end', 'doctor', { endReason: 'doctor_ended' }),
      ],
      at(999),
    );
    expect(drawing).toEqual({
      from: at(0),
      to: at(200),
      lanes: [
        { who: 'doctor', spans: [{ kind: 'present', from: at(60), to: at(200) }] },
        {
          who: 'patient',
          spans: [
            { kind: 'waiting', from: at(0), to: at(62) },
            { kind: 'present', from: at(62), to: at(100) },
            { kind: 'away', from: at(100), to: at(130) },
            { kind: 'present', from: at(130), to: at(200) },
          ],
        },
      ],
    });
  });

  it('put what a server lost on the lane of whom it lost', () => {
    const drawing = lanesOf(
      ended,
      [
        entry(0, 'start', 'doctor', { role: 'doctor' }),
        entry(10, 'drop', 'server', { role: 'doctor', cause: 'server' }),
        entry(70, 'deadline', 'clock', { role: 'doctor', endReason: 'doctor_disconnected' }),
      ],
      at(999),
    );
    expect(drawing?.lanes[0]?.spans.map(({ kind }) => kind)).toEqual(['present', 'away']);
    expect(drawing?.lanes[1]?.spans).toEqual([]);
  });

  it('go on until now while the visit does, and take a second window for the same presence', () => {
    const drawing = lanesOf(
      aMeeting({ status: 'active' }),
      [
        entry(0, 'start', 'doctor', { role: 'doctor' }),
        entry(5, 'start', 'doctor', { role: 'doctor', tookOver: true }),
      ],
      at(50),
    );
    expect(drawing?.lanes[0]?.spans).toEqual([{ kind: 'present', from: at(0), to: at(50) }]);
  });

  it('are not drawn where nobody was ever there', () => {
    expect(lanesOf(ended, [], at(1))).toBeNull();
    expect(lanesOf(aMeeting({ status: 'cancelled' }), [entry(0, 'cancel', 'admin')], at(1))).toBeNull();
  });

  it('lie on a line from 0 to 1', () => {
    expect(placeOf({ from: 100, to: 300 }, { from: 150, to: 200 })).toEqual({ start: 0.25, size: 0.25 });
  });
});
