/** Weekly hours and exceptions over REST. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/ids.ts';
import {
  Affected,
  ChangedException,
  ChangedRule,
  ExceptionPage,
  RulePage,
} from '../../src/scheduling/availability/schema.ts';
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
  tenant = await desk.tenant();
  scene = await setScene(tenant);
});

const as = (person: TestPerson, method: string, path: string, body?: unknown) =>
  desk.as(tenant, person, method, path, body);
const problem = ({ json }: { json: unknown }) =>
  json as { code: string; detail: string; errors?: { path: string; message: string }[] };
const faults = (answer: { json: unknown }) => problem(answer).errors?.map(({ path }) => path);

const monday = { weekday: 1, startTime: '09:00', endTime: '12:00', modality: 'video' };
const addRule = (changes: object = {}, person: TestPerson = 'doctor') =>
  as(person, 'POST', '/availability/rules', { ...monday, ...changes });
const addException = (body: object, person: TestPerson = 'doctor') =>
  as(person, 'POST', '/availability/exceptions', body);

describe('weekly hours', () => {
  it('are added by a doctor for themself, read by staff, and in the zone of the clinic', async () => {
    const made = await addRule({ stepMinutes: 20, leadMinutes: 60, serviceIds: [scene.serviceId] });
    expect(made.status).toBe(201);
    const { rule, ...rest } = ChangedRule.parse(made.json);
    expect(rest).toEqual({ affected: [], affectedCount: 0 });
    expect(rule).toEqual({
      id: rule.id,
      practitionerId: tenant.doctorId,
      ...monday,
      locationId: null,
      roomId: null,
      validFrom: null,
      validTo: null,
      stepMinutes: 20,
      capacity: 1,
      leadMinutes: 60,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      serviceIds: [scene.serviceId],
      timeZone: 'Asia/Kolkata',
    });
    expect((await as('staff', 'GET', `/availability/rules/${rule.id}`)).json).toEqual(rule);
    const list = await as('staff', 'GET', `/availability/rules?practitionerId=${tenant.doctorId}`);
    expect(RulePage.parse(list.json)).toEqual({ items: [rule], nextCursor: null });
    expect((await as('staff', 'GET', `/availability/rules?practitionerId=${tenant.doctor2Id}`)).json).toMatchObject({
      items: [],
    });
  });

  it('of somebody else are the staff’s to keep', async () => {
    expect(await addRule({ practitionerId: tenant.doctor2Id })).toMatchObject({ status: 403 });
    expect(await addRule({ practitionerId: tenant.doctor2Id }, 'staff')).toMatchObject({ status: 201 });
    expect(faults(await addRule({}, 'staff'))).toEqual(['practitionerId']);
    const theirs = await addRule({ weekday: 2, practitionerId: tenant.doctor2Id }, 'staff');
    const { id } = ChangedRule.parse(theirs.json).rule;
    for (const person of ['patient', 'lab', 'doctor'] as const) {
      expect(await as(person, 'DELETE', `/availability/rules/${id}`)).toMatchObject({ status: 403 });
      expect(await as(person, 'PATCH', `/availability/rules/${id}`, { endTime: '10:00' })).toMatchObject({
        status: 403,
      });
    }
    expect(await as('doctor2', 'DELETE', `/availability/rules/${id}`)).toMatchObject({ status: 200 });
    expect(await as('doctor2', 'DELETE', `/availability/rules/${id}`)).toMatchObject({ status: 404 });
    expect(await as('patient', 'GET', '/availability/rules')).toMatchObject({ status: 403 });
  });

  it('that overlap are refused with the hours they overlap with; what touches or is on other days is not', async () => {
    expect(await addRule()).toMatchObject({ status: 201 });
    const refused = await addRule({ startTime: '11:00', endTime: '14:00', validFrom: '2027-01-01' });
    expect(refused.status).toBe(409);
    expect(problem(refused).detail).toContain('from 09:00 to 12:00');
    expect(await addRule({ startTime: '12:00', endTime: '14:00' })).toMatchObject({ status: 201 });
    expect(await addRule({ weekday: 2 })).toMatchObject({ status: 201 });
    expect(await addRule({ practitionerId: tenant.doctor2Id }, 'staff')).toMatchObject({ status: 201 });
    const dated = { weekday: 3, validTo: '2026-12-31' };
    expect(await addRule(dated)).toMatchObject({ status: 201 });
    expect(await addRule({ ...dated, validTo: null, validFrom: '2027-01-01' })).toMatchObject({ status: 201 });
  });

  it('that overlap and are entered at the same time are not both kept', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => addRule({ endTime: `12:0${at}` })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    for (const answer of answers.filter(({ status }) => status === 409)) {
      expect(problem(answer)).toMatchObject({
        code: 'CONFLICT',
        detail: expect.stringMatching(/^These hours overlap/),
      });
    }
  });

  it('sent twice under one key are added once', async () => {
    const send = async () =>
      desk.app.call('POST', '/availability/rules', {
        token: await tenant.token('doctor'),
        headers: { 'idempotency-key': 'hours-1' },
        body: monday,
      });
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(201);
    expect(second).toMatchObject({ status: 201, json: first.json });
    expect((await as('doctor', 'GET', '/availability/rules')).json).toMatchObject({ items: [{}], nextCursor: null });
  });

  it('that cannot be are refused with the field that is wrong', async () => {
    const at = async (changes: object) => faults(await addRule(changes));
    expect(await at({ startTime: '12:00', endTime: '09:00' })).toEqual(['endTime']);
    expect(await at({ startTime: '22:00', endTime: '06:00' })).toEqual(['endTime']);
    expect(await at({ startTime: '9:00', weekday: 0 })).toEqual(['weekday', 'startTime']);
    expect(await at({ endTime: '24:01' })).toEqual(['endTime']);
    expect(await at({ validFrom: '2026-12-02', validTo: '2026-12-01' })).toEqual(['validTo']);
    expect(await at({ validFrom: '2026-12-01', validTo: '2026-12-06' })).toEqual(['weekday']);
    expect(await at({ validFrom: '2026-02-30' })).toEqual(['validFrom']);
    expect(await at({ modality: 'in_person' })).toEqual(['locationId']);
    expect(await at({ roomId: scene.roomId })).toEqual(['roomId']);
    expect(await at({ locationId: newId() })).toEqual(['locationId']);
    expect(await at({ locationId: scene.locationId, roomId: newId() })).toEqual(['roomId']);
    expect(await at({ serviceIds: [newId()] })).toEqual(['serviceIds.0']);
    expect(await at({ capacity: 0, stepMinutes: 0, leadMinutes: -1 })).toEqual([
      'stepMinutes',
      'capacity',
      'leadMinutes',
    ]);
  });

  it('at a place put the practitioner there in the directory', async () => {
    const made = await addRule({ modality: 'both', locationId: scene.locationId, roomId: scene.roomId });
    expect(made.status).toBe(201);
    const found = await as('patient', 'GET', `/directory/practitioners?locationId=${scene.locationId}`);
    expect(found.json).toMatchObject({ items: [{ id: tenant.doctorId }] });
  });

  it('are changed in part, and only into what could have been entered', async () => {
    const { rule } = ChangedRule.parse((await addRule({ serviceIds: [scene.serviceId] })).json);
    const path = `/availability/rules/${rule.id}`;
    const changed = await as('doctor', 'PATCH', path, { endTime: '13:30', serviceIds: null });
    expect(ChangedRule.parse(changed.json).rule).toEqual({ ...rule, endTime: '13:30', serviceIds: null });
    expect(faults(await as('doctor', 'PATCH', path, { startTime: '14:00' }))).toEqual(['endTime']);
    await addRule({ startTime: '14:00', endTime: '15:00' });
    expect(await as('doctor', 'PATCH', path, { endTime: '14:01' })).toMatchObject({ status: 409 });
    expect(await as('doctor', 'PATCH', path, { practitionerId: tenant.doctor2Id })).toMatchObject({ status: 422 });
  });

  it('of another clinic are not there', async () => {
    const other = await desk.tenant();
    const body = { ...monday, practitionerId: other.doctorId };
    expect(faults(await as('staff', 'POST', '/availability/rules', body))).toEqual(['practitionerId']);
    const theirs = await desk.as(other, 'doctor', 'POST', '/availability/rules', monday);
    const { id } = ChangedRule.parse(theirs.json).rule;
    expect(await as('admin', 'GET', `/availability/rules/${id}`)).toMatchObject({ status: 404 });
    expect(await as('admin', 'DELETE', `/availability/rules/${id}`)).toMatchObject({ status: 404 });
  });
});

describe('exceptions', () => {
  const leave = { kind: 'leave', startsOn: '2026-12-24', endsOn: '2026-12-26', reason: 'Family' };

  it('are leave of whole days unless times are given', async () => {
    const made = await addException({ ...leave, practitionerId: tenant.doctorId });
    expect(made.status).toBe(201);
    const { exception } = ChangedException.parse(made.json);
    expect(exception).toMatchObject({
      ...leave,
      startTime: '00:00',
      endTime: '24:00',
      practitionerId: tenant.doctorId,
    });
    const short = await addException({
      kind: 'leave',
      practitionerId: tenant.doctorId,
      startsOn: '2026-12-01',
      startTime: '14:00',
    });
    expect(ChangedException.parse(short.json).exception).toMatchObject({
      endsOn: '2026-12-01',
      startTime: '14:00',
      endTime: '24:00',
    });
  });

  it('tell the reason to the one who is away and to staff; colleagues do not see the leave at all', async () => {
    await addException({ ...leave, practitionerId: tenant.doctorId });
    await addException({ kind: 'leave', startsOn: '2027-01-26', reason: 'Republic Day' }, 'staff');
    const seen = async (person: TestPerson) =>
      ExceptionPage.parse((await as(person, 'GET', '/availability/exceptions')).json).items.map(({ reason }) => reason);
    expect(await seen('doctor')).toEqual(['Family', 'Republic Day']);
    expect(await seen('staff')).toEqual(['Family', 'Republic Day']);
    expect(await seen('doctor2')).toEqual(['Republic Day']);
    expect(await as('patient', 'GET', '/availability/exceptions')).toMatchObject({ status: 403 });
    const { items } = ExceptionPage.parse((await as('doctor', 'GET', '/availability/exceptions?to=2026-12-24')).json);
    expect(items).toHaveLength(1);
    expect(await as('doctor2', 'GET', `/availability/exceptions/${items[0]?.id}`)).toMatchObject({ status: 404 });
    expect(await as('doctor2', 'DELETE', `/availability/exceptions/${items[0]?.id}`)).toMatchObject({ status: 404 });
  });

  it('for a place or the whole clinic are the staff’s', async () => {
    expect(await addException({ ...leave })).toMatchObject({ status: 403 });
    expect(await addException({ ...leave, locationId: scene.locationId })).toMatchObject({ status: 403 });
    expect(await addException({ ...leave, locationId: scene.locationId }, 'staff')).toMatchObject({ status: 201 });
  });

  it('are extra hours of one day, which do not overlap with each other', async () => {
    const extra = { kind: 'extra', startsOn: '2026-12-05', startTime: '10:00', endTime: '12:00', modality: 'video' };
    const made = await addException(extra);
    expect(ChangedException.parse(made.json).exception).toMatchObject({
      ...extra,
      endsOn: '2026-12-05',
      practitionerId: tenant.doctorId,
    });
    expect(await addException({ ...extra, startTime: '11:59', endTime: '13:00' })).toMatchObject({ status: 409 });
    expect(await addException({ ...extra, startTime: '12:00', endTime: '13:00' })).toMatchObject({ status: 201 });
    expect(faults(await addException({ ...extra, modality: 'in_person' }))).toEqual(['locationId']);
    expect(faults(await addException({ ...extra, endTime: '09:00' }))).toEqual(['endTime']);
    const { id } = ChangedException.parse(made.json).exception;
    const moved = await as('doctor', 'PATCH', `/availability/exceptions/${id}`, {
      startsOn: '2026-12-06',
      reason: 'Camp',
    });
    expect(moved.json).toMatchObject({ exception: { startsOn: '2026-12-06', endsOn: '2026-12-06', reason: 'Camp' } });
    expect(faults(await as('doctor', 'PATCH', `/availability/exceptions/${id}`, { endsOn: '2026-12-09' }))).toEqual([
      'endsOn',
    ]);
  });

  it('that end before they begin are refused', async () => {
    const at = async (changes: object) =>
      faults(await addException({ ...leave, practitionerId: tenant.doctorId, ...changes }));
    expect(await at({ endsOn: '2026-12-23' })).toEqual(['endsOn']);
    expect(await at({ endsOn: '2026-12-24', startTime: '12:00', endTime: '12:00' })).toEqual(['endTime']);
    expect(await at({ startTime: '24:00' })).toEqual(['startTime']);
    expect(await at({ endTime: '00:00' })).toEqual(['endTime']);
  });
});

describe('what is booked', () => {
  const visits = async () => [
    await addVisit(tenant, scene, { startsAt: '2026-11-23T03:30:00Z' }),
    await addVisit(tenant, scene, { startsAt: '2026-11-30T05:00:00Z' }),
    await addVisit(tenant, scene, { startsAt: '2026-11-30T06:00:00Z', status: 'cancelled' }),
    // Nobody had hours then; no change takes it out of any.
    await addVisit(tenant, scene, { startsAt: '2026-12-01T18:00:00Z', patientId: tenant.patient2Id }),
  ];

  it('stays when hours change, and is listed', async () => {
    const { rule } = ChangedRule.parse((await addRule()).json);
    const [first, second] = await visits();
    const shorter = await as('doctor', 'PATCH', `/availability/rules/${rule.id}`, { startTime: '10:00' });
    expect(ChangedRule.parse(shorter.json)).toMatchObject({
      affectedCount: 1,
      affected: [
        {
          appointmentId: first,
          practitionerId: tenant.doctorId,
          startsAt: '2026-11-23T03:30:00.000Z',
          endsAt: '2026-11-23T04:00:00.000Z',
          modality: 'video',
        },
      ],
    });
    const gone = await as('doctor', 'DELETE', `/availability/rules/${rule.id}`);
    expect(Affected.parse(gone.json).affected.map(({ appointmentId }) => appointmentId)).toEqual([second]);
    expect(await tenant.db.run((tx) => tx.appointment.count({ where: { status: 'booked' } }))).toBe(3);
  });

  it('by video is listed also where the doctor works at a place in those hours', async () => {
    await addRule({ locationId: scene.locationId, modality: 'both' });
    const visit = await addVisit(tenant, scene, { startsAt: '2026-11-23T03:30:00Z' });
    const leave = await addException({ kind: 'leave', practitionerId: tenant.doctorId, startsOn: '2026-11-23' });
    expect(ChangedException.parse(leave.json).affected.map(({ appointmentId }) => appointmentId)).toEqual([visit]);
  });

  it('stays on a holiday of the clinic, and is listed for everybody', async () => {
    await addRule();
    await addRule({}, 'doctor2');
    const [, mine] = await visits();
    const theirs = await addVisit(tenant, scene, {
      practitionerId: tenant.doctor2Id,
      startsAt: '2026-11-30T04:00:00Z',
      patientId: tenant.patient2Id,
    });
    const holiday = await addException({ kind: 'leave', startsOn: '2026-11-30' }, 'staff');
    expect(ChangedException.parse(holiday.json).affected.map(({ appointmentId }) => appointmentId)).toEqual([
      theirs,
      mine,
    ]);
    const { id } = ChangedException.parse(holiday.json).exception;
    expect((await as('staff', 'DELETE', `/availability/exceptions/${id}`)).json).toEqual({
      affected: [],
      affectedCount: 0,
    });
  });

  it('is told by a preview, which changes nothing', async () => {
    const { rule } = ChangedRule.parse((await addRule()).json);
    const [first, second] = await visits();
    const preview = async (body: object, person: TestPerson = 'doctor') =>
      as(person, 'POST', '/availability/preview', body);
    const told = async (body: object) =>
      Affected.parse((await preview(body)).json).affected.map(({ appointmentId }) => appointmentId);
    expect(await told({ change: 'delete-rule', id: rule.id })).toEqual([first, second]);
    expect(await told({ change: 'change-rule', id: rule.id, rule: { endTime: '10:00' } })).toEqual([second]);
    const leave = {
      kind: 'leave',
      practitionerId: tenant.doctorId,
      startsOn: '2026-11-23',
      startTime: '09:10',
      endTime: '09:20',
    };
    expect(await told({ change: 'create-exception', exception: leave })).toEqual([first]);
    expect(await told({ change: 'create-rule', rule: { ...monday, weekday: 2 } })).toEqual([]);
    expect(await preview({ change: 'create-rule', rule: monday })).toMatchObject({ status: 409 });
    expect(await preview({ change: 'delete-rule', id: rule.id }, 'doctor2')).toMatchObject({ status: 403 });
    expect(await preview({ change: 'delete-rule', id: newId() })).toMatchObject({ status: 404 });
    expect((await as('doctor', 'GET', '/availability/rules')).json).toEqual({ items: [rule], nextCursor: null });
    expect((await as('doctor', 'GET', '/availability/exceptions')).json).toEqual({ items: [], nextCursor: null });
  });
});
