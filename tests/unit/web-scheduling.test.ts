/** What the pages of booking and planning decide for themselves. */
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Appointment, SlotView } from '../../web/src/api/scheduling.ts';
import { byDay, differs, nextAfter } from '../../web/src/features/booking/days.ts';
import { money } from '../../web/src/features/booking/money.ts';
import { possible } from '../../web/src/features/booking/own-appointment.ts';
import { readChoice, writeChoice } from '../../web/src/features/booking/place.ts';
import {
  doctorFault,
  readLanguages,
  readSpecialties,
  writeSpecialties,
} from '../../web/src/features/offer/doctor-words.ts';
import { fromMinor, toMinor } from '../../web/src/features/offer/service-words.ts';
import { readCalendar, spanOf, writeCalendar } from '../../web/src/features/planning/calendar-place.ts';
import { newRule, ruleBody, ruleFault } from '../../web/src/features/planning/hours-words.ts';
import { fromWall, mondayOf, toWall } from '../../web/src/features/planning/wall.ts';
import { sortOut } from '../../web/src/features/visits/appointment-words.ts';

const kolkata = { timeZone: 'Asia/Kolkata', locale: 'en-IN' };
const calcutta = { timeZone: 'Asia/Calcutta', locale: 'en-IN' };
const berlin = { timeZone: 'Europe/Berlin', locale: 'en-GB' };
const newYork = { timeZone: 'America/New_York', locale: 'en-US' };

const slot = (startsAt: string): SlotView => ({
  practitionerId: 'p',
  startsAt,
  endsAt: startsAt,
  locationId: null,
  modality: 'video',
});

describe('free times', () => {
  it('stand under the day of whoever looks, not of the clinic', () => {
    const slots = [slot('2026-11-23T18:00:00.000Z'), slot('2026-11-23T19:00:00.000Z')];
    expect(byDay(slots, kolkata).map(({ day, slots: of }) => [day, of.length])).toEqual([
      ['2026-11-23', 1],
      ['2026-11-24', 1],
    ]);
    expect(byDay(slots, newYork).map(({ day }) => day)).toEqual(['2026-11-23']);
  });

  it('name the clinic’s time only where its clock shows another one', () => {
    expect(differs(kolkata, calcutta, '2026-11-23T18:00:00Z')).toBe(false);
    expect(differs(kolkata, berlin, '2026-11-23T18:00:00Z')).toBe(true);
    // London and Lisbon are one time, winter and summer.
    const [london, lisbon] = ['Europe/London', 'Europe/Lisbon'].map((timeZone) => ({ timeZone, locale: 'en' }));
    if (!london || !lisbon) throw new Error('Two zones were named.');
    for (const at of ['2026-01-10T12:00:00Z', '2026-07-10T12:00:00Z']) expect(differs(london, lisbon, at)).toBe(false);
  });

  it('after one that is gone are the next ones, or the last when there are none', () => {
    const slots = [1, 2, 3, 4].map((hour) => slot(`2026-11-23T0${hour}:00:00.000Z`));
    const hours = (at: string) => nextAfter(slots, at, 2).map(({ startsAt }) => startsAt.slice(12, 13));
    expect(hours('2026-11-23T02:00:00.000Z')).toEqual(['2', '3']);
    expect(hours('2026-11-23T09:00:00.000Z')).toEqual(['3', '4']);
  });
});

describe('the address of a booking', () => {
  it('carries what was chosen there and back, and nothing that is no choice', () => {
    const choice = {
      patient: 'a',
      service: 'b',
      way: 'video',
      place: 'c',
      at: '2026-11-23T10:00:00.000Z',
      site: 'd',
    } as const;
    expect(readChoice(writeChoice(choice))).toEqual(choice);
    expect(readChoice('?way=carrier-pigeon&at=soon')).toEqual({
      patient: null,
      service: null,
      way: null,
      place: null,
      at: null,
      site: null,
    });
    expect(writeChoice({ at: null, service: '' })).toBe('');
  });
});

describe('what a patient can do with an appointment', () => {
  const start = Date.parse('2026-11-23T10:00:00Z');
  const hour = 3_600_000;
  const booked = { status: 'booked', startsAt: '2026-11-23T10:00:00Z', holdUntil: null } as const;
  it('is to move it until the clinic’s hours before, and to call it off until it begins', () => {
    expect(possible(booked, start - 2 * hour, 2)).toMatchObject({ move: true, cancel: true, isLate: false });
    expect(possible(booked, start - 2 * hour + 1, 2)).toMatchObject({
      move: false,
      tooLateToMove: true,
      cancel: true,
      isLate: true,
    });
    expect(possible(booked, start, 2)).toMatchObject({ move: false, tooLateToMove: false, cancel: false });
    expect(possible({ ...booked, status: 'cancelled' }, start - 9 * hour, 2).cancel).toBe(false);
  });

  it('is to answer an offer while it is held', () => {
    const offer = { ...booked, status: 'pending', holdUntil: '2026-11-22T10:00:00Z' } as const;
    expect(possible(offer, Date.parse('2026-11-22T09:59:59Z'), 2).answer).toBe(true);
    expect(possible(offer, Date.parse('2026-11-22T10:00:00Z'), 2).answer).toBe(false);
  });

  it('stands in the list of visits: offers that are held, visits at the clinic, and the booking behind a meeting', () => {
    const now = Date.parse('2026-11-22T09:00:00Z');
    const of = (part: Partial<Appointment>) =>
      ({
        ...booked,
        modality: 'in_person',
        meetingId: null,
        waitlistEntryId: null,
        cancelledBy: null,
        ...part,
      }) as Appointment;
    const sorted = sortOut(
      [
        of({ id: 'later' }),
        of({ id: 'sooner', startsAt: '2026-11-23T08:00:00Z' }),
        of({ id: 'video', modality: 'video', meetingId: 'm' }),
        of({ id: 'offer', status: 'pending', holdUntil: '2026-11-22T10:00:00Z' }),
        of({ id: 'gone', status: 'pending', holdUntil: '2026-11-22T08:00:00Z' }),
        of({ id: 'over', status: 'fulfilled' }),
        of({ id: 'run out', status: 'cancelled', waitlistEntryId: 'w', cancelledBy: 'clock' }),
      ],
      now,
    );
    const ids = (list: Appointment[]) => list.map(({ id }) => id);
    expect(ids(sorted.coming)).toEqual(['sooner', 'later']);
    expect(ids(sorted.offers)).toEqual(['offer']);
    expect(ids(sorted.earlier)).toEqual(['over']);
    expect(sorted.byMeeting.get('m')?.id).toBe('video');
  });
});

describe('the clock on the wall', () => {
  it('shows an instant, and gives it back, in any zone at any time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(kolkata, berlin, newYork, { timeZone: 'Australia/Lord_Howe', locale: 'en' }),
        fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 }),
        (zone, minute) => {
          const wall = toWall(zone, minute * 60_000);
          expect(toWall(zone, fromWall(zone, wall).getTime())).toBe(wall);
          expect(fromWall(zone, wall).getTime()).toBeLessThanOrEqual(minute * 60_000);
        },
      ),
    );
  });

  it('takes the first of an hour that comes twice, and goes over one that is left out', () => {
    // Berlin, 2026-10-25, 03:00 becomes 02:00; 2026-03-29, 02:00 becomes 03:00.
    expect(fromWall(berlin, '2026-10-25 02:30:00').toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(fromWall(berlin, '2026-03-29 02:30:00').toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it('begins a week on Monday, and stands in the address', () => {
    expect(['2026-11-22', '2026-11-23', '2026-11-24'].map(mondayOf)).toEqual([
      '2026-11-16',
      '2026-11-23',
      '2026-11-23',
    ]);
    const place = { view: 'week', day: '2026-11-24', doctor: 'd', place: null } as const;
    expect(readCalendar(writeCalendar(place), kolkata, 0)).toEqual(place);
    expect(spanOf(place)).toEqual({ first: '2026-11-23', end: '2026-11-30' });
    expect(readCalendar('?day=2026-99-99', kolkata, Date.parse('2026-11-22T20:00:00Z')).day).toBe('2026-11-23');
  });
});

describe('prices', () => {
  it('are written as the reader’s language does, and entered without losing a paisa', () => {
    expect(money('en-IN', 50_000, 'INR')).toBe('₹500.00');
    expect(money('en', 1_200, 'JPY')).toBe('¥1,200');
    expect(toMinor('0.29', 'EUR')).toBe(29);
    expect(toMinor('500,5', 'INR')).toBe(50_050);
    expect(toMinor('1200', 'JPY')).toBe(1_200);
    for (const wrong of ['', '-1', '1.005', 'free', '1.5e3', '12 000']) expect(toMinor(wrong, 'INR')).toBeNull();
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_147_483_647 }),
        fc.constantFrom('INR', 'JPY', 'KWD'),
        (minor, currency) => {
          expect(toMinor(fromMinor(minor, currency), currency)).toBe(minor);
        },
      ),
    );
  });
});

describe('hours and the directory', () => {
  it('are checked before they are sent, with midnight as the end of a day', () => {
    const valid = { ...newRule, locationId: 'l' };
    expect(ruleFault(valid)).toBeNull();
    expect(ruleFault({ ...valid, weekdays: [] })).toBe('noDay');
    expect(ruleFault({ ...valid, endTime: '09:00' })).toBe('order');
    expect(ruleFault({ ...valid, endTime: '00:00' })).toBeNull();
    expect(ruleFault(newRule)).toBe('noPlace');
    expect(ruleFault({ ...newRule, modality: 'video' })).toBeNull();
    expect(ruleFault({ ...valid, validFrom: '2026-12-01', validTo: '2026-11-01' })).toBe('validity');
    expect(ruleBody({ ...valid, endTime: '00:00', stepMinutes: '' }, 7)).toMatchObject({
      weekday: 7,
      endTime: '24:00',
      stepMinutes: null,
      validFrom: null,
    });
  });

  it('read specialties a line each, of other systems too, and languages as tags', () => {
    const given = [
      { system: 'http://snomed.info/sct', code: '394579002', display: 'Cardiology' },
      { system: 'https://codes.example/specialty', code: 'X1', display: 'Dreams and sleep' },
    ];
    expect(readSpecialties(writeSpecialties(given))).toEqual(given);
    expect(readSpecialties('394579002')).toBeNull();
    expect(readSpecialties('\n')).toEqual([]);
    expect(readLanguages('EN, hi; pt-br')).toEqual(['en', 'hi', 'pt-BR']);
    expect(readLanguages('not_a_tag')).toBeNull();
    const fields = {
      name: 'Dr',
      languages: 'en',
      specialties: 'x',
      registrationNumber: '',
      registrationAuthority: '',
      qualification: '',
    };
    const rest = { bio: '', isAcceptingPatients: true, locationIds: [], serviceIds: [] };
    expect(doctorFault({ ...fields, ...rest })).toBe('specialties');
  });
});
