/** Finding patients over REST. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/ids.ts';
import { patientRoutes } from '../../src/records/patients/index.ts';
import { PatientPage } from '../../src/records/patients/schema.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ServedApp, serveApp } from '../support/serve-app.ts';
import { createTenant, type TestPerson, type TestTenant } from '../support/tenant.ts';

let db: TestDatabase;
let app: ServedApp;
let clinic: TestTenant;
beforeAll(async () => {
  db = await createTestDatabase();
  app = await serveApp({ routes: patientRoutes({ clock: systemClock }), database: db.database });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await db[Symbol.asyncDispose]();
});
beforeEach(async () => {
  clinic = await createTenant(db, { names: { patient: 'Kamala Iyer', patient2: 'Joseph D’Souza' } });
});

const get = async (person: TestPerson, path: string) => app.call('GET', path, { token: await clinic.token(person) });
const page = async (query: string) => PatientPage.parse((await get('staff', `/patients?${query}`)).json);
const names = async (name: string) =>
  (await page(`name=${encodeURIComponent(name)}`)).items.map(({ name: found }) => found);

describe('patients', () => {
  it('are found by name though mistyped, by those who book and see them, and by nobody else', async () => {
    for (const typed of ['kamala', 'Kamla Iyer', 'IYER', 'iyer kam']) {
      expect({ typed, found: await names(typed) }).toEqual({ typed, found: ['Kamala Iyer'] });
    }
    expect(await names('dsouza joseph')).toEqual(['Joseph D’Souza']);
    expect(await names('Zbigniew')).toEqual([]);
    expect((await get('doctor', '/patients')).status).toBe(200);
    expect((await get('patient', '/patients')).status).toBe(403);
  });

  it('come by name, page by page, each once, and never another clinic’s', async () => {
    const other = await createTenant(db, { names: { patient: 'Kamala Elsewhere' } });
    const added = ['Anil', 'Bela', 'Chitra', 'Anil'].map((name) => ({ id: newId(), tenantId: clinic.id, name }));
    await clinic.db.run((tx) => tx.patient.createMany({ data: added }));
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 10; pages += 1) {
      const { items, nextCursor }: PatientPage = await page(`limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...items.map(({ name }) => name));
      cursor = nextCursor;
    }
    expect(seen).toEqual(['Anil', 'Anil', 'Bela', 'Chitra', 'Joseph D’Souza', 'Kamala Iyer']);
    expect((await get('staff', `/patients/${clinic.patientId}`)).json).toEqual({
      id: clinic.patientId,
      name: 'Kamala Iyer',
      birthDate: null,
      guardian: null,
      identity: null,
    });
    expect((await get('staff', `/patients/${other.patientId}`)).status).toBe(404);
    expect((await get('staff', '/patients?cursor=nonsense')).status).toBe(422);
  });

  it('keep when somebody was born, who answers for them, and how the desk made sure of them; one at a time', async () => {
    const path = `/patients/${clinic.patientId}`;
    const patch = async (person: TestPerson, body: unknown) =>
      app.call('PATCH', path, { token: await clinic.token(person), body });
    const born = await patch('staff', { birthDate: '2012-02-29' });
    expect(born).toMatchObject({ status: 200, json: { birthDate: '2012-02-29', guardian: null, identity: null } });
    const guardian = { name: 'Lakshmi Iyer', relation: 'mother' };
    await patch('doctor', { guardian });
    const checked = await patch('staff', { identity: { how: 'document' } });
    expect(checked.json).toMatchObject({ birthDate: '2012-02-29', guardian, identity: { how: 'document' } });
    expect((await get('doctor', path)).json).toEqual(checked.json);
    expect((await page('name=Kamala')).items).toMatchObject([{ birthDate: '2012-02-29' }]);
    // Another date of birth is another thing to make sure of.
    expect((await patch('staff', { birthDate: '2012-03-01' })).json).toMatchObject({ guardian, identity: null });
    const both = { birthDate: '2012-02-29', identity: { how: 'known' } };
    expect((await patch('staff', both)).json).toMatchObject(both);
    expect((await patch('staff', { identity: null })).json).toMatchObject({ guardian, identity: null });
    expect((await patch('staff', { identity: { how: 'guess' } })).status).toBe(422);
    expect((await patch('staff', { birthDate: '2999-01-01' })).status).toBe(422);
    expect((await patch('lab', { birthDate: null })).status).toBe(403);
  });
});
