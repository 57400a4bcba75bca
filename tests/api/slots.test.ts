/** Free times over REST, and whether one can be booked. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/ids.ts';
import { findTime } from '../../src/scheduling/appointments/wanted-time.ts';
import { SlotPage } from '../../src/scheduling/slots/schema.ts';
import { openSchedulingDesk, type SchedulingDesk } from '../support/scheduling-desk.ts';
import { addVisit, type Scene, setScene } from '../support/scheduling-scene.ts';
import type { TestPerson, TestTenant } from '../support/tenant.ts';

let desk: SchedulingDesk;
let tenant: TestTenant;
let scene: Scene;
beforeAll(async () => {
  // A Sunday.
  desk = await openSchedulingDesk('2026-11-22T00:00:00Z');
});
afterAll(() => desk[Symbol.asyncDispose]());
beforeEach(async () => {
  desk.clock.set('2026-11-22T00:00:00Z');
  tenant = await desk.tenant();
  scene = await setScene(tenant);
});

const ask = (changes: Record<string, string | undefined> = {}, person: TestPerson = 'patient') => {
  const query = {
    practitionerId: tenant.doctorId,
    serviceId: scene.serviceId,
    from: '2026-11-22T00:00:00Z',
    to: '2026-11-29T00:00:00Z',
    ...changes,
  };
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return desk.as(tenant, person, 'GET', `/slots?${new URLSearchParams(given)}`);
};
const find = async (changes: Record<string, string | undefined> = {}) => {
  const answer = await ask(changes);
  if (answer.status !== 200) throw new Error(answer.text);
  return SlotPage.parse(answer.json);
};
const starts = async (changes?: Record<string, string | undefined>) =>
  (await find(changes)).items.map(({ startsAt }) => startsAt.slice(8, 16));
const faults = ({ json }: { json: unknown }) =>
  (json as { errors: { path: string; message: string }[] }).errors.map(({ path, message }) => `${path}: ${message}`);

const keep = async (person: TestPerson, path: string, body: object) => {
  const answer = await desk.as(tenant, person, 'POST', `/availability/${path}`, body);
  if (answer.status !== 201) throw new Error(answer.text);
};
const addRule = (changes: object = {}, person: TestPerson = 'doctor') =>
  keep(person, 'rules', { weekday: 1, startTime: '09:00', endTime: '10:30', modality: 'video', ...changes });

describe('GET /slots', () => {
  it('tells what is free of a doctor’s hours, in UTC', async () => {
    await addRule({ modality: 'both', locationId: scene.locationId });
    await addVisit(tenant, scene, { startsAt: '2026-11-23T04:00:00Z' });
    await addVisit(tenant, scene, { startsAt: '2026-11-23T03:30:00Z', status: 'cancelled' });
    expect(await find()).toEqual({
      items: ['03:30', '04:30'].map((time) => ({
        practitionerId: tenant.doctorId,
        startsAt: `2026-11-23T${time}:00.000Z`,
        endsAt: new Date(Date.parse(`2026-11-23T${time}:00Z`) + 30 * 60_000).toISOString(),
        locationId: scene.locationId,
        modality: 'both',
      })),
      nextCursor: null,
    });
    expect((await find({ modality: 'video' })).items.map(({ modality }) => modality)).toEqual(['video', 'video']);
    expect(await starts({ locationId: newId() })).toEqual([]);
  });

  it('leaves out leave, holidays, closed places, and adds extra hours', async () => {
    await addRule({ locationId: scene.locationId });
    await keep('doctor', 'exceptions', {
      kind: 'leave',
      practitionerId: tenant.doctorId,
      startsOn: '2026-11-23',
      startTime: '09:30',
      endTime: '10:00',
    });
    await keep('doctor', 'exceptions', {
      kind: 'extra',
      startsOn: '2026-11-24',
      startTime: '18:00',
      endTime: '18:30',
      modality: 'video',
    });
    expect(await starts()).toEqual(['23T03:30', '23T04:30', '24T12:30']);
    await keep('staff', 'exceptions', { kind: 'leave', startsOn: '2026-11-24' });
    expect(await starts()).toEqual(['23T03:30', '23T04:30']);
    await desk.as(tenant, 'staff', 'DELETE', `/directory/locations/${scene.locationId}`);
    expect(await starts()).toEqual([]);
  });

  it('sees visits of other days and doctors in the same room, and of the same doctor elsewhere', async () => {
    const place = { modality: 'in_person', locationId: scene.locationId, roomId: scene.roomId };
    await addRule(place);
    const there = { modality: 'in_person', locationId: scene.locationId, roomId: scene.roomId } as const;
    await addVisit(tenant, scene, { startsAt: '2026-11-23T03:30:00Z', practitionerId: tenant.doctor2Id, ...there });
    await addVisit(tenant, scene, { startsAt: '2026-11-23T04:30:00Z', patientId: tenant.patient2Id });
    expect(await starts()).toEqual(['23T04:00']);
  });

  it('respects lead times and the clock', async () => {
    await addRule({ leadMinutes: 90 });
    desk.clock.set('2026-11-23T02:30:00Z');
    expect(await starts()).toEqual(['23T04:00', '23T04:30']);
    desk.clock.set('2026-11-23T03:01:00Z');
    expect(await starts()).toEqual([]);
  });

  it('finds the next free doctor by specialty and place, the earliest first, in pages', async () => {
    await addRule();
    await addRule(
      {
        startTime: '08:30',
        endTime: '09:30',
        modality: 'both',
        locationId: scene.locationId,
        practitionerId: tenant.doctor2Id,
      },
      'staff',
    );
    const everybody = { practitionerId: undefined };
    expect(await starts(everybody)).toEqual(['23T03:00', '23T03:30', '23T03:30', '23T04:00', '23T04:30']);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: SlotPage = await find({ ...everybody, limit: '2', cursor });
      seen.push(...page.items.map((slot) => `${slot.startsAt} ${slot.practitionerId}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const all = (await find(everybody)).items.map((slot) => `${slot.startsAt} ${slot.practitionerId}`);
    expect(seen).toEqual(all);
    expect(await starts({ ...everybody, locationId: scene.locationId })).toEqual(['23T03:00', '23T03:30']);
    const specialties = [{ system: 'http://snomed.info/sct', code: '394579002', display: 'Cardiology' }];
    await desk.as(tenant, 'staff', 'PATCH', `/directory/practitioners/${tenant.doctorId}`, { specialties });
    expect(await starts({ ...everybody, specialty: '394579002' })).toEqual(['23T03:30', '23T04:00', '23T04:30']);
    await desk.as(tenant, 'staff', 'PATCH', `/directory/practitioners/${tenant.doctorId}`, {
      isAcceptingPatients: false,
    });
    expect(await starts({ ...everybody, specialty: '394579002' })).toEqual([]);
    // Their own patients still book by name.
    expect(await starts()).toHaveLength(3);
  });

  it('refuses a year, a window that ends before it begins, and what cannot be booked', async () => {
    expect(faults(await ask({ to: '2027-11-22T00:00:00Z' }))).toEqual(['query.to: At most 31 days after from']);
    expect(faults(await ask({ to: '2026-11-22T00:00:00Z' }))).toEqual(['query.to: Must be after from']);
    expect(await ask({ to: '2026-12-23T00:00:00Z' })).toMatchObject({ status: 200 });
    expect(faults(await ask({ from: '2026-11-22', serviceId: undefined })).map((fault) => fault.split(':')[0])).toEqual(
      ['query.serviceId', 'query.from'],
    );
    expect(faults(await ask({ serviceId: newId() }))[0]).toMatch(/^query.serviceId/);
    expect(faults(await ask({ practitionerId: newId() }))[0]).toMatch(/^query.practitionerId/);
    await desk.as(tenant, 'staff', 'PATCH', `/directory/practitioners/${tenant.doctorId}`, { serviceIds: [] });
    expect(faults(await ask())[0]).toMatch(/^query.practitionerId/);
    expect(await ask({}, 'lab')).toMatchObject({ status: 403 });
  });

  it('knows nothing of another clinic', async () => {
    const other = await desk.tenant();
    const theirs = await setScene(other);
    expect(faults(await ask({ serviceId: theirs.serviceId }))[0]).toMatch(/^query.serviceId/);
    expect(faults(await ask({ practitionerId: other.doctorId }))[0]).toMatch(/^query.practitionerId/);
  });
});

describe('a time that somebody wants to book', () => {
  const wanted = (startsAt: string, changes: object = {}) =>
    tenant.db.run((tx) =>
      findTime(tx, tenant.id, {
        practitionerId: tenant.doctorId,
        serviceId: scene.serviceId,
        startsAt: new Date(startsAt),
        modality: 'video',
        now: desk.clock.now(),
        ...changes,
      }),
    );

  it('is free when it is one of the free times, with the buffers it takes', async () => {
    await addRule({ bufferAfterMinutes: 10, stepMinutes: 30 });
    expect(await wanted('2026-11-23T04:00:00Z')).toEqual({
      startsAt: new Date('2026-11-23T04:00:00Z'),
      endsAt: new Date('2026-11-23T04:30:00Z'),
      busyFrom: new Date('2026-11-23T04:00:00Z'),
      busyUntil: new Date('2026-11-23T04:40:00Z'),
      locationId: null,
      roomId: null,
      capacity: 1,
    });
    for (const [startsAt, changes] of [
      ['2026-11-23T04:05:00Z', {}],
      ['2026-11-24T04:00:00Z', {}],
      ['2026-11-16T04:00:00Z', {}],
      ['2026-11-23T04:00:00Z', { modality: 'in_person' }],
      ['2026-11-23T04:00:00Z', { locationId: scene.locationId }],
      ['2026-11-23T04:00:00Z', { serviceId: newId() }],
      ['2026-11-23T04:00:00Z', { practitionerId: tenant.doctor2Id }],
    ] as const) {
      expect({ startsAt, changes, found: await wanted(startsAt, changes) }).toEqual({
        startsAt,
        changes,
        found: 'not_offered',
      });
    }
  });

  it('is taken by a visit, except for that visit itself when it is moved', async () => {
    await addRule({ stepMinutes: 15 });
    const id = await addVisit(tenant, scene, { startsAt: '2026-11-23T04:00:00Z' });
    expect(await wanted('2026-11-23T04:15:00Z')).toBe('taken');
    expect(await wanted('2026-11-23T04:15:00Z', { ignoring: id })).toMatchObject({
      startsAt: new Date('2026-11-23T04:15:00Z'),
    });
  });
});
