/** What somebody might try with bookings, at once and at the edges of time. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAppointmentDesk, timeAhead } from '../support/bookable.ts';
import { type LiveServer, startLive } from '../support/live.ts';
import type { Answered } from '../support/serve-app.ts';

let live: LiveServer;
beforeAll(async () => {
  live = await startLive();
});
afterAll(() => live[Symbol.asyncDispose]());

const ahead = (days: number, halves = 0) => timeAhead(live.clock.now(), days, halves);
const codeOf = ({ status, json }: Answered) => (status < 300 ? status : (json as { code: string }).code);
const overlaps = () =>
  live.db.sql(
    `select a.id from appointment a join appointment b on a.id < b.id and a.tenant_id = b.tenant_id
     where a.status in ('pending', 'booked', 'arrived') and b.status in ('pending', 'booked', 'arrived')
       and (a.practitioner_id = b.practitioner_id
         or (a.patient_id = b.patient_id and a.status <> 'pending' and b.status <> 'pending'))
       and tstzrange(a.busy_from, a.busy_until, '[)') && tstzrange(b.busy_from, b.busy_until, '[)')`,
  );

it('a series, single bookings, a move and an accepted offer for one time at once: one has it', async () => {
  const desk = await openAppointmentDesk(live, { patients: 12 });
  const { patients, doctorId, doctor2Id, serviceId } = desk.clinic;
  for (let round = 0; round < 5; round += 1) {
    const at = ahead(3, round * 4);
    const held = await desk.book('staff', at, { patientId: patients[0] });
    const elsewhere = await desk.book('staff', at, { practitionerId: doctor2Id, patientId: patients[1] });
    const wish = {
      patientId: patients[2],
      serviceId,
      from: at.toISOString(),
      to: ahead(3, round * 4 + 1).toISOString(),
    };
    const waiting = await desk.call('staff', 'POST', '/appointments/waitlist', { ...wish, practitionerId: doctorId });
    expect(waiting.status).toBe(201);
    const calls = [
      desk.call('staff', 'POST', `/appointments/${held.id}/cancel`, {}),
      desk.call('staff', 'POST', '/appointments/series', desk.body(at, { patientId: patients[3], count: 3 })),
      desk.call('staff', 'POST', '/appointments', desk.body(at, { patientId: patients[4], overrideHours: true })),
      ...patients
        .slice(5)
        .map((patientId) => desk.call('staff', 'POST', '/appointments', desk.body(at, { patientId }))),
    ];
    const [cancelled, ...rest] = (await Promise.all(calls)).map(codeOf);
    expect(cancelled).toBe(200);
    expect(rest.filter((code) => code !== 'SLOT_TAKEN' && code !== 201)).toEqual([]);
    const [offer] = await live.db.sql<{ id: string }>(
      `select id from appointment where status = 'pending' and starts_at = $1 and tenant_id = $2`,
      [at, desk.clinic.id],
    );
    const again = [
      ...(offer ? [desk.call('staff', 'POST', `/appointments/${offer.id}/accept`, {})] : []),
      desk.call('staff', 'POST', `/appointments/${elsewhere.id}/reschedule`, { startsAt: ahead(40).toISOString() }),
      desk.call('staff', 'POST', '/appointments', desk.body(at, { patientId: patients[2] })),
    ];
    for (const code of (await Promise.all(again)).map(codeOf))
      expect([200, 201, 'SLOT_TAKEN', 'CONFLICT']).toContain(code);
    expect(await overlaps()).toEqual([]);
    const at1 = await live.db.sql(
      `select id from appointment where tenant_id = $1 and practitioner_id = $2 and starts_at = $3
         and status in ('pending', 'booked')`,
      [desk.clinic.id, doctorId, at],
    );
    expect(at1).toHaveLength(1);
    await desk.call('staff', 'POST', `/appointments/${elsewhere.id}/cancel`, {});
  }
}, 180_000);

describe('times', () => {
  it('of an hour that comes twice are two, each booked once', async () => {
    const desk = await openAppointmentDesk(live, {
      tenant: { settings: { timeZone: 'America/New_York' } },
      patients: 4,
    });
    await live.db.sql(`update location set time_zone = 'America/New_York' where tenant_id = $1`, [desk.clinic.id]);
    const [first, second] = [new Date('2027-11-07T05:30:00Z'), new Date('2027-11-07T06:30:00Z')];
    for (const at of [first, second]) {
      const [one, other] = desk.clinic.patients.slice(at === first ? 0 : 2);
      expect(codeOf(await desk.call('staff', 'POST', '/appointments', desk.body(at, { patientId: one })))).toBe(201);
      const again = await desk.call('staff', 'POST', '/appointments', desk.body(at, { patientId: other }));
      expect(codeOf(again)).toBe('SLOT_TAKEN');
    }
  });

  it('that are booked stay where they are when the clinic and its place change their zone', async () => {
    const desk = await openAppointmentDesk(live, { patients: 2 });
    const booked = await desk.book('staff', ahead(4));
    expect(
      (await desk.call('admin', 'PATCH', '/admin/tenant', { settings: { timeZone: 'Pacific/Apia' } })).status,
    ).toBe(200);
    expect((await desk.read(booked.id)).startsAt).toBe(booked.startsAt);
    const again = await desk.call(
      'staff',
      'POST',
      '/appointments',
      desk.body(ahead(4), { patientId: desk.clinic.patients[0] }),
    );
    expect(codeOf(again)).toBe('SLOT_TAKEN');
  });

  it.each([
    '9999-12-31T23:59:59Z',
    '+010000-01-01T00:00:00Z',
    '2027-06-30T23:59:60Z',
    '0001-01-01T00:00:00Z',
    '2026-02-30T10:00:00Z',
    '2027-01-01T10:00',
    'now',
  ])('such as %s are refused as input, by patients and by the desk', async (startsAt) => {
    const desk = await openAppointmentDesk(live);
    for (const [person, overrideHours] of [
      ['patient', false],
      ['staff', true],
    ] as const) {
      const body = { ...desk.body(ahead(2)), startsAt, overrideHours };
      const answer = await desk.call(person, 'POST', '/appointments', body);
      expect(answer.status).toBe(422);
      expect((answer.json as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual(['startsAt']);
      expect(answer.text).not.toContain(startsAt === 'now' ? '"now"' : startsAt);
    }
  });

  it('that have passed are nobody’s but the desk’s, and no older than a day', async () => {
    const desk = await openAppointmentDesk(live, { patients: 1 });
    const past = (hours: number) => new Date(ahead(0).getTime() - hours * 3_600_000);
    expect(codeOf(await desk.call('patient', 'POST', '/appointments', desk.body(past(2))))).toBe('INVALID_INPUT');
    const late = (hours: number) => desk.body(past(hours), { overrideHours: true });
    expect(codeOf(await desk.call('staff', 'POST', '/appointments', late(30)))).toBe('INVALID_INPUT');
    expect(codeOf(await desk.call('staff', 'POST', '/appointments', late(2)))).toBe(201);
  });
});

describe('a patient', () => {
  it('books for nobody else, outside of no hours, and learns nothing of who has a time', async () => {
    const desk = await openAppointmentDesk(live);
    const { patient2Id } = desk.clinic;
    const theirs = await desk.book('staff', ahead(3), { patientId: patient2Id, reason: 'MARKED' });
    expect(
      codeOf(await desk.call('patient', 'POST', '/appointments', desk.body(ahead(4), { patientId: patient2Id }))),
    ).toBe('FORBIDDEN');
    expect(
      codeOf(await desk.call('patient', 'POST', '/appointments', desk.body(ahead(4), { overrideHours: true }))),
    ).toBe('FORBIDDEN');
    const mine = await desk.book('patient', ahead(5));
    const move = { startsAt: ahead(6).toISOString(), overrideHours: true };
    expect(codeOf(await desk.call('patient', 'POST', `/appointments/${mine.id}/reschedule`, move))).toBe('FORBIDDEN');
    const taken = await desk.call('patient', 'POST', '/appointments', desk.body(ahead(3)));
    expect(codeOf(taken)).toBe('SLOT_TAKEN');
    for (const secret of [theirs.id, patient2Id, 'MARKED']) expect(taken.text).not.toContain(secret);
    for (const what of ['reschedule', 'cancel'] as const) {
      const body = what === 'cancel' ? {} : { startsAt: ahead(7).toISOString() };
      expect(codeOf(await desk.call('patient', 'POST', `/appointments/${theirs.id}/${what}`, body))).toBe('NOT_FOUND');
    }
  });

  it('pays what the service cost when it was booked', async () => {
    const desk = await openAppointmentDesk(live);
    const booked = await desk.book('patient', ahead(3));
    const path = `/catalog/services/${desk.clinic.serviceId}`;
    expect((await desk.call('admin', 'PATCH', path, { priceMinor: 99_900 })).status).toBe(200);
    expect((await desk.read(booked.id)).priceMinor).toBe(50_000);
    expect((await desk.book('patient', ahead(4))).priceMinor).toBe(99_900);
  });
});

it('a doctor who is switched off keeps what is booked, and the answer says how much', async () => {
  const desk = await openAppointmentDesk(live, { patients: 1 });
  const booked = await desk.book('staff', ahead(3));
  const path = `/directory/practitioners/${desk.clinic.doctorId}`;
  const ask = async (change: object) => (await desk.call('admin', 'PATCH', path, change)).json;
  expect(await ask({ isAcceptingPatients: false })).toMatchObject({ openAppointments: 1 });
  expect(await ask({ isActive: false })).toMatchObject({ isActive: false, openAppointments: 1 });
  expect((await desk.read(booked.id)).status).toBe('booked');
  const more = desk.body(ahead(4), { patientId: desk.clinic.patients[0], overrideHours: true });
  expect(codeOf(await desk.call('staff', 'POST', '/appointments', more))).toBe('INVALID_INPUT');
  const move = { startsAt: ahead(5).toISOString() };
  expect(codeOf(await desk.call('staff', 'POST', `/appointments/${booked.id}/reschedule`, move))).toBe('INVALID_INPUT');
  await desk.act('staff', booked.id, 'cancel');
  expect(await ask({ isActive: true })).not.toHaveProperty('openAppointments');
});

it('nothing is booked at a place that has closed, and what is booked there stays', async () => {
  const desk = await openAppointmentDesk(live, { patients: 1 });
  const { locationId } = desk.clinic;
  const onSite = { modality: 'in_person', locationId };
  const booked = await desk.book('staff', ahead(3), onSite);
  expect((await desk.call('admin', 'PATCH', `/directory/locations/${locationId}`, { isActive: false })).status).toBe(
    200,
  );
  for (const overrideHours of [false, true]) {
    const body = desk.body(ahead(4), { ...onSite, overrideHours });
    expect(codeOf(await desk.call('staff', 'POST', '/appointments', body))).toBe('INVALID_INPUT');
  }
  expect((await desk.read(booked.id)).status).toBe('booked');
  expect((await desk.act('staff', booked.id, 'cancel')).status).toBe('cancelled');
});
