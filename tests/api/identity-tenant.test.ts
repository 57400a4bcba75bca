import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readSettings } from '../../src/identity/index.ts';
import { TenantChange, TenantSettings } from '../../src/identity/tenants/schema.ts';
import { type IdentityApp, serveIdentity } from '../support/identity-app.ts';
import { createTenant, type TestPerson, type TestTenant } from '../support/tenant.ts';

let app: IdentityApp;
let clinic: TestTenant;
beforeAll(async () => {
  app = await serveIdentity();
  clinic = await createTenant(app.db, { settings: { doctorGraceSeconds: 45 } });
});
afterAll(async () => app[Symbol.asyncDispose]());

const get = async (person: TestPerson) => app.call('GET', '/admin/tenant', { token: await clinic.token(person) });
const patch = async (body: unknown, person: TestPerson = 'admin') =>
  app.call('PATCH', '/admin/tenant', { token: await clinic.token(person), body });

test('an administrator reads the clinic with every setting, defaults included', async () => {
  const { status, json } = await get('admin');
  expect(status).toBe(200);
  expect(json).toEqual({
    id: clinic.id,
    slug: clinic.slug,
    name: `Clinic ${clinic.slug}`,
    settings: {
      timeZone: 'Asia/Kolkata',
      locale: 'en',
      emergencyNumber: '112',
      reconnectWindowSeconds: 300,
      doctorGraceSeconds: 45,
      recoveryWindowSeconds: 60,
      earlyStartMinutes: 30,
      noShowMinutes: 30,
      maxDurationMinutes: 240,
      mfaRequiredFor: [],
      requireVerifiedEmail: false,
      cancelFreeHours: 2,
      reminderMinutesBefore: [1_440, 60],
      waitlistOfferMinutes: 30,
      waitingRoomText: {},
      unmarkedVisits: 'noshow',
      paymentBeforeJoin: false,
      lateCancelRefundPercent: 0,
      country: 'ZZ',
      teleconsultationConsent: 'by_country',
      unscannedFiles: 'allow',
      uploadRetentionDays: 0,
      documentDraftDays: 30,
      documentConfirmationDays: 0,
      documentsByModel: true,
      chatRetentionDays: 90,
      chatRecordDays: 365,
      assistantByModel: true,
    },
  });
});

test.each(['doctor', 'patient', 'lab', 'staff'] as const)('a %s neither reads nor changes it', async (person) => {
  expect((await get(person)).status).toBe(403);
  expect((await patch({ name: 'Mine' }, person)).status).toBe(403);
});

test('a change keeps what it does not name', async () => {
  const changed = await patch({ settings: { reconnectWindowSeconds: 120 } });
  expect(changed.status).toBe(200);
  expect(changed.json).toMatchObject({
    name: `Clinic ${clinic.slug}`,
    settings: { reconnectWindowSeconds: 120, doctorGraceSeconds: 45 },
  });
  const named = await patch({ name: 'Riverside' });
  expect(named.json).toMatchObject({
    name: 'Riverside',
    slug: clinic.slug,
    settings: { reconnectWindowSeconds: 120, doctorGraceSeconds: 45 },
  });
  expect((await get('admin')).json).toEqual(named.json);
  expect(await clinic.db.run((tx) => readSettings(tx, clinic.id))).toMatchObject({ reconnectWindowSeconds: 120 });
});

test('two changes at once both hold', async () => {
  await Promise.all([
    patch({ settings: { earlyStartMinutes: 11 } }),
    patch({ settings: { noShowMinutes: 12 } }),
    patch({ settings: { maxDurationMinutes: 13 } }),
  ]);
  expect((await get('admin')).json).toMatchObject({
    settings: { earlyStartMinutes: 11, noShowMinutes: 12, maxDurationMinutes: 13 },
  });
});

test.each([
  [{ settings: { timeZone: 'Atlantis/Center' } }, 'settings.timeZone'],
  [{ settings: { timeZone: null } }, 'settings.timeZone'],
  [{ settings: { timeZone: '' } }, 'settings.timeZone'],
  [{ settings: { timeZone: '+05:30' } }, 'settings.timeZone'],
  [{ settings: { timeZone: 'asia/kolkata' } }, 'settings.timeZone'],
  [{ settings: { mfaRequiredFor: ['nurse'] } }, 'settings.mfaRequiredFor.0'],
  [{ settings: { locale: 'not a tag' } }, 'settings.locale'],
  [{ settings: { emergencyNumber: 'help' } }, 'settings.emergencyNumber'],
  [{ settings: { reconnectWindowSeconds: -1 } }, 'settings.reconnectWindowSeconds'],
  [{ settings: { doctorGraceSeconds: 1.5 } }, 'settings.doctorGraceSeconds'],
  [{ settings: { maxDurationMinutes: '60' } }, 'settings.maxDurationMinutes'],
  [{ settings: { unknownSetting: 1 } }, 'settings'],
  [{ slug: 'other' }, ''],
  [{ id: '0' }, ''],
  [{ name: ' ' }, 'name'],
  [{ settings: [] }, 'settings'],
  [null, ''],
])('the change %j is refused at %j and nothing changes', async (body, path) => {
  const before = (await get('admin')).json;
  const { status, json } = await patch(body);
  expect(status).toBe(422);
  expect(json).toMatchObject({ code: 'INVALID_INPUT', errors: [{ path }] });
  expect((await get('admin')).json).toEqual(before);
});

test.each(Object.keys(TenantSettings.shape))(
  'the setting %s has a type: nothing and anything are refused',
  async (name) => {
    const before = (await get('admin')).json;
    // Texts by language may be none at all.
    const nothing = name === 'waitingRoomText' ? { english: 'x' } : {};
    for (const value of [null, nothing, 'x', [['x']], -1]) {
      const { status, json } = await patch({ settings: { [name]: value } });
      expect({ value, status }).toEqual({ value, status: 422 });
      const { errors } = json as { errors: { path: string }[] };
      expect(errors.every(({ path }) => path.startsWith(`settings.${name}`))).toBe(true);
    }
    expect((await get('admin')).json).toEqual(before);
  },
);

test('what can be changed is what there is, and every setting has a default but the time zone', () => {
  const change = TenantChange.shape.settings.unwrap().shape;
  expect(Object.keys(change).toSorted()).toEqual(Object.keys(TenantSettings.shape).toSorted());
  const missing = TenantSettings.safeParse({});
  expect(missing.error?.issues.map(({ path }) => path)).toEqual([['timeZone']]);
});

test("another clinic's administrator sees and changes their own alone", async () => {
  const other = await createTenant(app.db);
  const token = await other.token('admin');
  const { json } = await app.call('PATCH', '/admin/tenant', { token, body: { settings: { earlyStartMinutes: 5 } } });
  expect(json).toMatchObject({ id: other.id, settings: { earlyStartMinutes: 5 } });
  expect((await get('admin')).json).toMatchObject({ id: clinic.id, settings: { earlyStartMinutes: 11 } });
});

test('stored settings without a time zone are an error, not a guess', async () => {
  const broken = await createTenant(app.db);
  await app.db.sql(`update tenant set settings = settings - 'timeZone' where id = $1`, [broken.id]);
  await expect(broken.db.run((tx) => readSettings(tx, broken.id))).rejects.toMatchObject({ code: 'INTERNAL' });
});
