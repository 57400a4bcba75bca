/** The directory and the catalogue over REST. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/ids.ts';
import { ServicePage, ServiceView } from '../../src/scheduling/catalog/schema.ts';
import {
  LocationPage,
  LocationView,
  PractitionerPage,
  PractitionerView,
} from '../../src/scheduling/directory/schema.ts';
import { openSchedulingDesk, type SchedulingDesk } from '../support/scheduling-desk.ts';
import type { TestPerson, TestTenant } from '../support/tenant.ts';

let desk: SchedulingDesk;
let tenant: TestTenant;
beforeAll(async () => {
  desk = await openSchedulingDesk('2026-11-22T00:00:00Z');
});
afterAll(() => desk[Symbol.asyncDispose]());
beforeEach(async () => {
  tenant = await desk.tenant({ names: { doctor: 'Dr Meera Rao', doctor2: 'Dr. Arjun Shah' } });
});

const as = (person: TestPerson, method: string, path: string, body?: unknown) =>
  desk.as(tenant, person, method, path, body);
const problem = ({ json }: { json: unknown }) => json as { code: string; errors?: { path: string; message: string }[] };
const faults = (answer: { json: unknown }) => problem(answer).errors?.map(({ path }) => path);
const findPractitioners = async (query: string, person: TestPerson = 'patient') => {
  const answer = await as(person, 'GET', `/directory/practitioners?${query}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return PractitionerPage.parse(answer.json);
};
const names = async (query: string, person?: TestPerson) =>
  (await findPractitioners(query, person)).items.map(({ name }) => name);
const addDoctor = (name: string) =>
  tenant.db.run((tx) => tx.practitioner.create({ data: { id: newId(), tenantId: tenant.id, name } }));

const cardiology = { system: 'http://snomed.info/sct', code: '394579002', display: 'Cardiology' };
const place = { name: 'Koregaon Park', type: 'clinic', city: 'Pune', country: 'IN', addressLines: ['1 North Road'] };
const addLocation = async (changes: object = {}) =>
  LocationView.parse((await as('staff', 'POST', '/directory/locations', { ...place, ...changes })).json);

describe('practitioners', () => {
  it('are found by name though mistyped, without accents, without title, in any order of words', async () => {
    await addDoctor('Prof. José Nuñez');
    await addDoctor('डॉ मीरा राव');
    for (const typed of ['meera', 'Mera Rao', 'rao meera', 'Dr Meera', 'MEERA RAO', 'meeera', 'mee']) {
      expect({ typed, found: await names(`name=${encodeURIComponent(typed)}`) }).toMatchObject({
        typed,
        found: ['Dr Meera Rao'],
      });
    }
    expect(await names('name=jose%20nunez')).toEqual(['Prof. José Nuñez']);
    expect(await names('name=Arjun%20Shaw')).toEqual(['Dr. Arjun Shah']);
    expect(await names(`name=${encodeURIComponent('मीरा')}`)).toEqual(['डॉ मीरा राव']);
    expect(await names('name=Zbigniew')).toEqual([]);
    expect(await names(`name=${encodeURIComponent("100%' or _")}`)).toEqual([]);
  });

  it('come in the order of likeness when searched, else by name without title', async () => {
    await addDoctor('Dr Meena Rau');
    await addDoctor('Dr Aaron Bell');
    expect(await names('name=meera%20rao')).toEqual(['Dr Meera Rao', 'Dr Meena Rau']);
    expect(await names('')).toEqual(['Dr Aaron Bell', 'Dr. Arjun Shah', 'Dr Meena Rau', 'Dr Meera Rao']);
    expect((await names('sort=-name'))[0]).toBe('Dr Meera Rao');
  });

  it('come in pages that neither repeat nor lose anybody while others join and leave', async () => {
    for (const letter of 'BDFHJ') await addDoctor(`Dr ${letter} Doe`);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: PractitionerPage = await findPractitioners(`limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
      // One before and one after where we are.
      await addDoctor('Dr A New');
      await tenant.db.run((tx) =>
        tx.practitioner.updateMany({ where: { name: seen[0] ?? '' }, data: { isActive: false } }),
      );
    } while (cursor);
    expect(seen).toEqual([
      'Dr. Arjun Shah',
      'Dr B Doe',
      'Dr D Doe',
      'Dr F Doe',
      'Dr H Doe',
      'Dr J Doe',
      'Dr Meera Rao',
    ]);
    const other = await as('patient', 'GET', '/directory/practitioners?sort=-name&limit=2');
    const { nextCursor } = PractitionerPage.parse(other.json);
    expect(faults(await as('patient', 'GET', `/directory/practitioners?cursor=${nextCursor}`))).toEqual([
      'query.cursor',
    ]);
  });

  it('are described by staff, and found by what they do, where, for what and whether they accept patients', async () => {
    const { id: locationId } = await addLocation();
    const change = {
      specialties: [cardiology],
      languages: ['en', 'hi'],
      qualification: 'MBBS, MD',
      registrationNumber: 'MMC-12345',
      registrationAuthority: 'Maharashtra Medical Council',
      bio: 'Hearts.',
      isAcceptingPatients: false,
      locationIds: [locationId],
    };
    const changed = await as('staff', 'PATCH', `/directory/practitioners/${tenant.doctorId}`, change);
    expect(changed.status).toBe(200);
    const view = PractitionerView.parse(
      (await as('patient', 'GET', `/directory/practitioners/${tenant.doctorId}`)).json,
    );
    const { locationIds: _, ...told } = change;
    expect(view).toEqual({
      id: tenant.doctorId,
      name: 'Dr Meera Rao',
      ...told,
      locations: [{ id: locationId, name: place.name, city: 'Pune' }],
      serviceIds: [],
    });
    for (const query of [
      'specialty=394579002',
      'specialty=cardiolgy',
      `locationId=${locationId}`,
      'isAcceptingPatients=false',
      'language=hi',
    ]) {
      expect({ query, found: await names(query) }).toEqual({ query, found: ['Dr Meera Rao'] });
    }
    expect(await names('isAcceptingPatients=true')).toEqual(['Dr. Arjun Shah']);
    expect(await names('specialty=dermatology')).toEqual([]);
    const again = await as('staff', 'PATCH', `/directory/practitioners/${tenant.doctorId}`, { bio: null });
    expect(again.json).toMatchObject({ bio: null, specialties: [cardiology], isActive: true });
  });

  it('who are switched off are seen by those who keep the directory, and by nobody else', async () => {
    await as('staff', 'PATCH', `/directory/practitioners/${tenant.doctorId}`, { isActive: false });
    const path = `/directory/practitioners/${tenant.doctorId}`;
    for (const person of ['patient', 'doctor2', 'lab'] as const) {
      expect(await names('isActive=false', person)).toEqual(['Dr. Arjun Shah']);
      expect(await as(person, 'GET', path)).toMatchObject({ status: 404 });
    }
    expect(await names('isActive=false', 'staff')).toEqual(['Dr Meera Rao']);
    expect((await as('staff', 'GET', path)).json).toMatchObject({ isActive: false });
    expect((await as('patient', 'GET', `/directory/practitioners/${tenant.doctor2Id}`)).json).not.toHaveProperty(
      'isActive',
    );
  });

  it('are changed by staff alone, with places, codes and tags that exist', async () => {
    const path = `/directory/practitioners/${tenant.doctorId}`;
    for (const person of ['patient', 'doctor', 'lab'] as const) {
      expect(await as(person, 'PATCH', path, { bio: 'Me.' })).toMatchObject({ status: 403 });
    }
    const { id } = await addLocation();
    expect(faults(await as('admin', 'PATCH', path, { locationIds: [id, newId()] }))).toEqual(['locationIds.1']);
    expect(faults(await as('admin', 'PATCH', path, { serviceIds: [newId()] }))).toEqual(['serviceIds.0']);
    expect(faults(await as('admin', 'PATCH', path, { locationIds: [id, id] }))).toEqual(['locationIds']);
    expect(faults(await as('admin', 'PATCH', path, { languages: ['english'] }))).toEqual(['languages.0']);
    expect(faults(await as('admin', 'PATCH', path, { specialties: [cardiology, cardiology] }))).toEqual([
      'specialties',
    ]);
    expect(await as('admin', 'PATCH', `/directory/practitioners/${newId()}`, { bio: 'x' })).toMatchObject({
      status: 404,
    });
  });

  it('of another clinic are not there', async () => {
    const other = await desk.tenant();
    expect(await as('admin', 'GET', `/directory/practitioners/${other.doctorId}`)).toMatchObject({ status: 404 });
    expect(await as('admin', 'PATCH', `/directory/practitioners/${other.doctorId}`, { bio: 'x' })).toMatchObject({
      status: 404,
    });
    const theirs = await desk.as(other, 'admin', 'POST', '/directory/locations', place);
    const { id } = LocationView.parse(theirs.json);
    const stolen = await as('admin', 'PATCH', `/directory/practitioners/${tenant.doctorId}`, { locationIds: [id] });
    expect(faults(stolen)).toEqual(['locationIds.0']);
  });
});

describe('locations', () => {
  const find = async (query: string, person: TestPerson = 'patient') =>
    LocationPage.parse((await as(person, 'GET', `/directory/locations?${query}`)).json).items.map(({ name }) => name);

  it('are found by name, city and type, in the order asked for', async () => {
    await addLocation();
    await addLocation({ name: 'Ångström Lab', type: 'laboratory', city: 'Mumbai' });
    await addLocation({ name: 'Bandra', city: 'Mumbai' });
    expect(await find('')).toEqual(['Ångström Lab', 'Bandra', 'Koregaon Park']);
    expect((await find('sort=-city'))[0]).toBe('Koregaon Park');
    expect(await find('name=koregoan')).toEqual(['Koregaon Park']);
    expect(await find('name=angstrom')).toEqual(['Ångström Lab']);
    expect(await find('city=mumbay&sort=name')).toEqual(['Ångström Lab', 'Bandra']);
    expect(await find('type=laboratory')).toEqual(['Ångström Lab']);
  });

  it('are in the clinic’s time zone unless they name another, which must exist', async () => {
    expect(await addLocation()).toMatchObject({ timeZone: 'Asia/Kolkata', region: null });
    expect(await addLocation({ timeZone: 'Asia/Dubai', country: 'AE' })).toMatchObject({ timeZone: 'Asia/Dubai' });
    const wrong = await as('staff', 'POST', '/directory/locations', {
      ...place,
      timeZone: 'Mars/Base',
      country: 'in',
      type: 'pub',
    });
    expect(faults(wrong)?.toSorted()).toEqual(['country', 'timeZone', 'type']);
    expect(wrong.text).not.toContain('Mars');
  });

  it('are closed rather than deleted, and then out of sight', async () => {
    const { id } = await addLocation();
    expect(await as('patient', 'DELETE', `/directory/locations/${id}`)).toMatchObject({ status: 403 });
    expect(await as('staff', 'DELETE', `/directory/locations/${id}`)).toMatchObject({ status: 204 });
    expect(await as('patient', 'GET', `/directory/locations/${id}`)).toMatchObject({ status: 404 });
    expect(await find('')).toEqual([]);
    expect(await find('isActive=false', 'staff')).toEqual(['Koregaon Park']);
    const back = await as('staff', 'PATCH', `/directory/locations/${id}`, { isActive: true, city: 'Thane' });
    expect(back.json).toMatchObject({ city: 'Thane', isActive: true, name: place.name });
  });

  it('have rooms with names of their own', async () => {
    const { id } = await addLocation();
    const rooms = `/directory/locations/${id}/rooms`;
    const made = await as('staff', 'POST', rooms, { name: '2' });
    expect(made).toMatchObject({ status: 201, json: { locationId: id, name: '2' } });
    expect(await as('staff', 'POST', rooms, { name: '1' })).toMatchObject({ status: 201 });
    expect(problem(await as('staff', 'POST', rooms, { name: '2' })).code).toBe('ALREADY_EXISTS');
    const { id: roomId } = made.json as { id: string };
    expect(await as('staff', 'PATCH', `${rooms}/${roomId}`, { isActive: false })).toMatchObject({ status: 200 });
    expect((await as('patient', 'GET', rooms)).json).toEqual({
      items: [{ id: expect.any(String), locationId: id, name: '1' }],
      nextCursor: null,
    });
    expect((await as('staff', 'GET', rooms)).json).toMatchObject({
      items: [{ name: '1' }, { name: '2', isActive: false }],
    });
    expect(await as('staff', 'POST', `/directory/locations/${newId()}/rooms`, { name: '1' })).toMatchObject({
      status: 404,
    });
    const { id: elsewhere } = await addLocation({ name: 'Other' });
    expect(
      await as('staff', 'PATCH', `/directory/locations/${elsewhere}/rooms/${roomId}`, { name: 'x' }),
    ).toMatchObject({
      status: 404,
    });
  });
});

describe('the catalogue', () => {
  const consultation = {
    codeSystem: 'http://snomed.info/sct',
    code: '11429006',
    name: 'Consultation',
    durationMinutes: 15,
    priceMinor: 50_000,
    currency: 'INR',
    modality: 'both',
  };
  const add = (changes: object = {}, person: TestPerson = 'admin') =>
    as(person, 'POST', '/catalog/services', { ...consultation, ...changes });
  const find = async (query: string, person: TestPerson = 'patient') =>
    ServicePage.parse((await as(person, 'GET', `/catalog/services?${query}`)).json).items.map(({ name }) => name);

  it('has services with codes, lengths and prices in minor units', async () => {
    const made = await add({ practitionerIds: [tenant.doctorId] });
    expect(made.status).toBe(201);
    const { id } = ServiceView.parse(made.json);
    expect((await as('patient', 'GET', `/catalog/services/${id}`)).json).toEqual({
      id,
      ...consultation,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      practitionerIds: [tenant.doctorId],
    });
    expect((await as('patient', 'GET', `/directory/practitioners/${tenant.doctorId}`)).json).toMatchObject({
      serviceIds: [id],
    });
  });

  it('is searched by name or code, filtered and sorted', async () => {
    await add();
    await add({
      code: '183524004',
      name: 'Psychotherapy',
      modality: 'video',
      priceMinor: 200_000,
      durationMinutes: 50,
    });
    await add({
      code: '274474001',
      name: 'Bone scan',
      modality: 'in_person',
      priceMinor: 90_000,
      durationMinutes: 30,
      practitionerIds: [tenant.doctorId],
    });
    expect(await find('name=psicotherapy')).toEqual(['Psychotherapy']);
    expect(await find('name=11429006')).toEqual(['Consultation']);
    expect(await find('modality=video')).toEqual(['Consultation', 'Psychotherapy']);
    expect(await find('sort=-priceMinor')).toEqual(['Psychotherapy', 'Bone scan', 'Consultation']);
    expect(await find('sort=durationMinutes')).toEqual(['Consultation', 'Bone scan', 'Psychotherapy']);
    expect(await find(`practitionerId=${tenant.doctorId}`)).toEqual(['Bone scan']);
    const first = ServicePage.parse((await as('patient', 'GET', '/catalog/services?sort=-priceMinor&limit=1')).json);
    expect(await find(`sort=-priceMinor&limit=5&cursor=${first.nextCursor}`)).toEqual(['Bone scan', 'Consultation']);
  });

  it('refuses prices in fractions, currencies and lengths that there are not, and a code twice', async () => {
    const wrong = await add({ priceMinor: 10.5, currency: 'INX', durationMinutes: 0, modality: 'phone' });
    expect(faults(wrong)?.toSorted()).toEqual(['currency', 'durationMinutes', 'modality', 'priceMinor']);
    expect(faults(await add({ priceMinor: -1 }))).toEqual(['priceMinor']);
    expect(faults(await add({ practitionerIds: [newId()] }))).toEqual(['practitionerIds.0']);
    expect(await add()).toMatchObject({ status: 201 });
    expect(problem(await add({ name: 'Another' })).code).toBe('ALREADY_EXISTS');
  });

  it('is the administrators’ to keep; what they take off is out of sight', async () => {
    for (const person of ['patient', 'doctor', 'staff', 'lab'] as const) {
      expect(await add({}, person)).toMatchObject({ status: 403 });
    }
    const { id } = ServiceView.parse((await add()).json);
    expect(await as('admin', 'PATCH', `/catalog/services/${id}`, { priceMinor: 60_000 })).toMatchObject({
      status: 200,
      json: { priceMinor: 60_000, name: 'Consultation' },
    });
    expect(await as('admin', 'DELETE', `/catalog/services/${id}`)).toMatchObject({ status: 204 });
    expect(await as('patient', 'GET', `/catalog/services/${id}`)).toMatchObject({ status: 404 });
    expect(await find('')).toEqual([]);
    expect(await find('', 'admin')).toEqual(['Consultation']);
  });
});
