/** A document's whole way in a real browser: codes and rules, a draft, editing, comparing, confirming, the PDF, its patient. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumMissing, chromiumPath } from '../../support/browser.ts';
import { look, openBrowsing } from '../../support/browsing.ts';
import { isFit } from '../../support/fit.ts';
import { pdfText } from '../../support/pdf-text.ts';
import { createTenant } from '../../support/tenant.ts';

const suite = chromiumPath ? describe : describe.skip;

suite(`documents${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  const clinics = openBrowsing();
  const { come, rest } = clinics;

  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const inDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });

  it('take codes by rules that the administrator keeps', async () => {
    const clinic = await createTenant(clinics.db);
    const admin = await come(clinic, 'admin');
    await admin.goto(`${clinics.server.url}/admin/codes`);
    await heading(admin, 'CDT codes');
    await press(admin, 'Begin with a few common ones');
    await admin.getByRole('rowheader', { name: 'D8090' }).waitFor();
    await press(admin, 'Switch off D0470');
    await admin.getByRole('button', { name: 'Switch on D0470' }).waitFor();
    await admin.getByLabel('Code', { exact: true }).fill('8090');
    await press(admin, 'Add the code');
    await admin.getByText('Please enter D and four digits.').waitFor();
    await isFit(admin, 'the codes');
    await look(admin, 'codes');
    await admin.getByRole('link', { name: 'Code rules' }).click();
    await heading(admin, 'Code rules');
    await press(admin, 'Choose the codes: Moderate · Adult (18 and older)');
    await admin.getByLabel('D8090 Full straightening, adult').check();
    expect(await admin.getByLabel('D0470 Study models').count()).toBe(0);
    await isFit(admin, 'the rules');
    await look(admin, 'rules');
    await press(admin, 'Save');
    await admin.getByRole('button', { name: 'Delete the rule: Moderate · Adult (18 and older)' }).waitFor();
  }, 180_000);

  it('go from a draft to a confirmed PDF that the patient has', async () => {
    const clinic = await createTenant(clinics.db, { names: { patient: 'Asha Menon', doctor: 'Dr Meera Rao' } });
    const visit = { doctorId: clinic.doctorId, patientId: clinic.patientId, scheduledAt: new Date().toISOString() };
    await rest(clinic, 'admin', 'POST', '/meetings', visit);
    await rest(clinic, 'admin', 'POST', '/cdt/codes', { code: 'D8090', description: 'Full straightening' });
    await rest(clinic, 'admin', 'POST', '/cdt/rules', { tier: 'moderate', ageGroup: 'adult', codes: ['D8090'] });
    await rest(clinic, 'doctor', 'PATCH', `/patients/${clinic.patientId}`, { birthDate: '1990-05-17' });

    const doctor = await come(clinic, 'doctor');
    await doctor.getByRole('link', { name: 'Documents', exact: true }).click();
    await doctor.getByText('No documents yet').waitFor();
    await doctor.getByRole('link', { name: 'New document' }).click();
    await doctor.getByRole('link', { name: /^Asha Menon/ }).click();
    await doctor.getByText('About Asha Menon.').waitFor();
    expect(await doctor.getByLabel('Age in years').inputValue()).toMatch(/^\d\d$/);
    await doctor.getByLabel('How severe is the case?').selectOption('moderate');
    await press(doctor, 'Write the draft');
    await doctor.getByText('Please enter at least one finding.').waitFor();
    await doctor.getByLabel('Findings').fill('crowding of 4 mm\ndeep bite');
    await isFit(doctor, 'a new document');
    await look(doctor, 'new-document');
    await press(doctor, 'Write the draft');
    await heading(doctor, 'Summary of the treatment');
    await doctor.getByText('this server has no language model').waitFor();
    await doctor.getByText('D8090', { exact: true }).waitFor();

    const steps = doctor.getByLabel('Next steps');
    await steps.fill('Come back for a fitting.');
    await doctor.getByText('Not saved yet', { exact: true }).waitFor();
    await doctor.getByRole('link', { name: 'All documents' }).click();
    await inDialog(doctor, 'Stay').click();
    await press(doctor, 'Undo');
    await doctor.getByText('Not saved yet', { exact: true }).waitFor({ state: 'hidden' });
    await steps.fill('Come back for a fitting.');
    await doctor.getByText('What was changed').click();
    await doctor.locator('ins', { hasText: 'fitting' }).waitFor();
    await isFit(doctor, 'a draft');
    await look(doctor, 'draft');
    await press(doctor, 'Save the draft');
    await doctor.getByText('Not saved yet', { exact: true }).waitFor({ state: 'hidden' });
    await press(doctor, 'Confirm…');
    await doctor.getByText('The patient will see it.').waitFor();
    await doctor.getByLabel('Notes for the record').fill('Read twice.');
    await isFit(doctor, 'confirming');
    await look(doctor, 'confirming');
    await inDialog(doctor, 'Confirm').click();
    await doctor
      .getByText(/^Confirmed by Dr Meera Rao on /)
      .first()
      .waitFor();
    await look(doctor, 'confirmed');
    await steps.fill('Something that was not meant.');
    await press(doctor, 'Save the draft');
    await press(doctor, 'Discard this draft…');
    await doctor.getByText('what was confirmed as version 2').waitFor();
    await isFit(doctor, 'discarding');
    await look(doctor, 'discarding');
    await inDialog(doctor, 'Discard').click();
    await doctor.getByText('Come back for a fitting.').first().waitFor();
    await doctor.getByRole('button', { name: 'Discard this draft…' }).waitFor({ state: 'hidden' });

    const patient = await come(clinic, 'patient');
    await patient.goto(`${clinics.server.url}/documents`);
    await heading(patient, 'Your documents');
    await look(patient, 'own-documents');
    await patient.getByRole('link', { name: 'Summary of the treatment' }).click();
    await patient.getByText('Come back for a fitting.').waitFor();
    expect(await patient.getByText('Read twice.').count()).toBe(0);
    const [download] = await Promise.all([patient.waitForEvent('download'), press(patient, 'Download the PDF')]);
    const pages = await pdfText(await readFile(await download.path()));
    expect(pages.join('\n')).toContain('Come back for a fitting.');
    expect(pages.join('\n')).toContain('Dr Meera Rao');
    await isFit(patient, 'an own document');
    await look(patient, 'own-document');
  }, 180_000);
});
