/** An administrator looks after people, roles, keys, the clinic and the trail, in a real browser. */
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumMissing, chromiumPath } from '../../support/browser.ts';
import { openBrowsing } from '../../support/browsing.ts';
import { isFit } from '../../support/fit.ts';
import { call } from '../../support/serve-app.ts';
import { createTenant } from '../../support/tenant.ts';
import { signIn } from '../../support/visit.ts';

const suite = chromiumPath ? describe : describe.skip;

suite(`the administration${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  const clinics = openBrowsing();
  const { come } = clinics;

  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const yes = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

  it('adds a person with a role of the clinic’s own, finds, changes, signs out and switches off people', async () => {
    const clinic = await createTenant(clinics.db, { names: { doctor: 'Dr Meera Rao', admin: 'Asha Menon' } });
    const doctor = await come(clinic, 'doctor');
    const page = await come(clinic, 'admin');
    await page.getByRole('link', { name: 'Administration' }).click();
    await heading(page, 'People');
    await isFit(page, 'the people');

    await page.getByRole('link', { name: 'Roles', exact: true }).click();
    await page.getByRole('heading', { name: 'Built in' }).waitFor();
    await isFit(page, 'the roles');
    await page.getByRole('link', { name: 'New role' }).click();
    await press(page, 'Make the role');
    await page.getByText('Please choose at least one.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Triage nurse');
    await page.getByLabel('Find patients and see who they are').check();
    await isFit(page, 'a new role');
    await press(page, 'Make the role');
    await page.getByRole('link', { name: 'Triage nurse' }).waitFor();

    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByRole('link', { name: 'Add a person' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Leela Nair');
    await page.getByLabel('E-mail').fill(`leela-${clinic.slug}@clinic.example`);
    await page.getByLabel('Triage nurse').check();
    await press(page, 'Add and invite');
    await page.getByText('This server sends no mail').waitFor();
    await page.getByLabel('First password', { exact: true }).fill('Seven-Green-Boats-7');
    await isFit(page, 'a new person');
    await press(page, 'Add');
    await heading(page, 'Leela Nair');
    await page.getByText('must choose an own password').waitFor();

    await page.getByRole('link', { name: 'All people' }).click();
    const search = page.getByLabel('Name or e-mail');
    await search.fill('meera');
    await page.getByText('1 person', { exact: true }).waitFor();
    expect(await search.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(new URL(page.url()).searchParams.get('q')).toBe('meera');
    await page.reload();
    await page.getByText('1 person', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Dr Meera Rao' }).click();
    await heading(page, 'Dr Meera Rao');
    await isFit(page, 'one person');
    await press(page, 'End all sign-ins');
    await yes(page, 'End all sign-ins');
    await doctor.reload();
    await heading(doctor, 'Sign in');
    await page.getByLabel('Name', { exact: true }).fill('Dr Meera Iyer');
    await press(page, 'Save');
    await heading(page, 'Dr Meera Iyer');
    await press(page, 'Switch off');
    await yes(page, 'Switch off');
    await page.getByText('switched off').waitFor();
    await signIn(doctor, clinic, 'doctor');
    await doctor.getByText('The e-mail or the password is not right.').waitFor();

    await page.goto(`${clinics.server.url}/admin/users/${clinic.users.admin.id}`);
    await press(page, 'Switch off');
    await yes(page, 'Switch off');
    await page.getByText('Your clinic would be left without an administrator.').waitFor();
  }, 90_000);

  it('makes a key that works once copied and no more once revoked', async () => {
    const clinic = await createTenant(clinics.db);
    const page = await come(clinic, 'admin');
    await page.goto(`${clinics.server.url}/admin/api-keys`);
    await page.getByText('No keys yet').waitFor();
    await press(page, 'New key');
    await page.getByLabel('Name').fill('Voice assistant');
    await page.getByLabel('See accounts').check();
    await isFit(page, 'a new key');
    await press(page, 'Make the key');
    const key = await page.getByText(/^hc[a-z]*_\S{40,}$/).innerText();
    const seen = async () =>
      (await call(`${clinics.server.url}/api/v1/admin/users`, 'GET', { headers: { 'x-api-key': key } })).status;
    expect(await seen()).toBe(200);
    await isFit(page, 'the key');
    await press(page, 'I have kept it');
    expect(await page.getByText(key).count()).toBe(0);
    await press(page, 'Revoke the key “Voice assistant”');
    await yes(page, 'Revoke');
    await page.getByRole('cell', { name: 'revoked' }).waitFor();
    expect(await seen()).toBe(401);
    await isFit(page, 'the keys');
  }, 180_000);

  it('changes the clinic’s settings, and sees it in the trail, which is whole', async () => {
    const clinic = await createTenant(clinics.db, { names: { admin: 'Asha Menon', patient: 'Kamala Das' } });
    const page = await come(clinic, 'admin');
    await page.goto(`${clinics.server.url}/admin/clinic`);
    await page.getByLabel('Early start (minutes)').fill('0');
    await press(page, 'Save');
    await page.getByText('Please enter a whole number from 1 to 1440.').waitFor();
    await page.getByLabel('Early start (minutes)').fill('45');
    await page.getByLabel('Name').fill('Sunrise Clinic');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('lisbon');
    await page.getByRole('option', { name: 'Europe/Lisbon' }).click();
    await page.getByLabel('Keep files (days)').fill('365');
    await page.getByLabel('Take no file that the virus scanner has not looked at').check();
    await isFit(page, 'the settings');
    await press(page, 'Save');
    await page.getByText('Saved. It holds from now on.').waitFor();
    await page.getByRole('banner').getByText('Sunrise Clinic').waitFor();
    const { settings } = (
      await call(`${clinics.server.url}/api/v1/admin/tenant`, 'GET', { token: await clinic.token('admin') })
    ).json as { settings: unknown };
    expect(settings).toMatchObject({ timeZone: 'Europe/Lisbon', earlyStartMinutes: 45, noShowMinutes: 30 });
    expect(settings).toMatchObject({ uploadRetentionDays: 365, unscannedFiles: 'refuse' });

    await page.getByRole('link', { name: 'Audit trail' }).click();
    await page.getByRole('button', { name: 'tenant.change' }).first().click();
    await page.getByText('1 entry', { exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('action')).toBe('tenant.change');
    await page.getByRole('button', { name: /^Details of tenant.change/ }).click();
    await page.getByText('PATCH /admin/tenant').waitFor();
    await isFit(page, 'the trail');
    await press(page, 'Show all');
    await page.getByRole('combobox', { name: 'Whose data (patient)' }).fill('kamala');
    await page.getByRole('option', { name: 'Kamala Das' }).click();
    await page
      .getByText('No entry fits these filters')
      .or(page.getByText(/^\d+ entr/))
      .first()
      .waitFor();
    expect(new URL(page.url()).searchParams.get('whose')).toBe(clinic.patientId);
    const download = page.waitForEvent('download');
    await press(page, 'Export as CSV');
    expect((await download).suggestedFilename()).toBe('audit.csv');
    await press(page, 'Verify the chain');
    await page.getByText(/entries are as they were written, and none is missing/).waitFor();
    // Whoever can write the database past every rule cannot do it unseen.
    await clinics.db.sql(
      "begin; alter table audit_entry disable trigger all; delete from audit_entry where action = 'tenant.change'; alter table audit_entry enable trigger all; commit",
    );
    await press(page, 'Verify the chain');
    await page.getByText('An entry was taken away.').waitFor();
    await isFit(page, 'a trail that is not whole');
  }, 90_000);
});
