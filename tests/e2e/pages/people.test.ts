/** Who the patients are and what they thought of their visits: the pages of the desk and the doctor, in a real browser. */
import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/platform/ids.ts';
import { chromiumMissing, chromiumPath } from '../../support/browser.ts';
import { look, openBrowsing } from '../../support/browsing.ts';
import { isFit } from '../../support/fit.ts';
import { createTenant, type TestTenant } from '../../support/tenant.ts';

const suite = chromiumPath ? describe : describe.skip;

suite(`people${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  const clinics = openBrowsing();
  const names = {
    doctor: 'Dr Meera Rao',
    doctor2: 'Dr Arjun Shah',
    patient: 'Kamala Iyer',
    patient2: 'Joseph D’Souza',
  };

  /** Visits of the past, rated longer ago than a rating can be changed. */
  async function rated(clinic: TestTenant, stars: readonly number[], words: string | null): Promise<void> {
    for (const [index, given] of stars.entries()) {
      const id = newId();
      const at = new Date(Date.now() - (index + 72) * 3_600_000);
      await clinics.db.sql(
        `insert into meeting (id, tenant_id, doctor_id, patient_id, status, scheduled_at, started_at, ended_at, duration_seconds,
           end_reason, snapshot)
         values ($1, $2, $3, $4, 'ended', $5, $5, $5, 0, 'doctor_ended', '{}')`,
        [id, clinic.id, clinic.doctorId, clinic.patientId, at],
      );
      await clinics.db.sql(
        `insert into visit_rating (tenant_id, meeting_id, stars, words, rated_at, changed_at) values ($1, $2, $3, $4, $5, $5)`,
        [clinic.id, id, given, index === 0 ? words : null, at],
      );
    }
  }

  it('the desk finds a patient, keeps when they were born, who answers for them and that it knows them; the doctor sees it', async () => {
    const clinic = await createTenant(clinics.db, { names });
    const desk = await clinics.come(clinic, 'staff');
    await desk.getByRole('link', { name: 'Calendar' }).click();
    await desk.getByRole('link', { name: 'Patients' }).click();
    await desk.getByLabel('Name of the patient').fill('Zbigniew');
    await desk.getByText('Nobody of that name').waitFor();
    await desk.getByLabel('Name of the patient').fill('kamla');
    await desk.getByRole('link', { name: 'Kamala Iyer' }).waitFor();
    await isFit(desk, 'the patients');
    await look(desk, 'patients');
    await desk.getByRole('link', { name: 'Kamala Iyer' }).click();
    await desk.getByText('The clinic has not made sure yet who this is.').waitFor();
    const year = new Date().getFullYear() - 9;
    await desk.getByLabel('Date of birth').fill('2999-01-01');
    await desk.getByRole('button', { name: 'Save' }).click();
    await desk.getByText('This is no date of birth.').waitFor();
    await desk.getByLabel('Date of birth').fill(`${year}-01-01`);
    await desk.getByText('Under 18 and nobody is named').waitFor();
    await isFit(desk, 'a patient');
    await look(desk, 'patient');
    await desk.getByLabel('Name of the parent or guardian').fill('Lakshmi Iyer');
    await desk.getByLabel(/^Relation/).fill('mother');
    await desk.getByRole('button', { name: 'Save' }).click();
    await desk.getByText('9 years old').waitFor();
    await desk.getByRole('button', { name: 'I am sure who this is' }).click();
    await desk.getByText(/An official document with a picture was seen on/).waitFor();

    const { doctorId, patientId } = clinic;
    const visit = { doctorId, patientId, scheduledAt: new Date().toISOString() };
    const { json } = await clinics.rest(clinic, 'staff', 'POST', '/meetings', visit);
    const doctor = await clinics.come(clinic, 'doctor');
    await doctor.goto(`${clinics.server.url}/desk/${(json as { id: string }).id}`);
    await doctor.getByText(/^9 years old/).waitFor();
    await doctor.getByText('Answers for them: Lakshmi Iyer (mother)').waitFor();
    await doctor.getByText(/The desk saw an official document on/).waitFor();
    await isFit(doctor, 'the visit before its start');
    await look(doctor, 'ready');
    await doctor.getByRole('link', { name: 'Change what is known of the patient' }).click();
    await doctor.getByRole('heading', { level: 1, name: 'Kamala Iyer' }).waitFor();
  }, 180_000);

  it('the clinic sees averages, how often which stars, months and words; a doctor the own averages', async () => {
    const clinic = await createTenant(clinics.db, { names });
    const desk = await clinics.come(clinic, 'admin');
    await desk.getByRole('link', { name: 'Ratings' }).click();
    await desk.getByText('No ratings yet').waitFor();
    await desk.getByText('Nobody has written anything').waitFor();
    await rated(clinic, [5, 5, 4, 2], 'The sound was poor, but she was kind.');
    await desk.reload();
    await desk.getByText('There are 4 ratings so far.').waitFor();
    await rated(clinic, [5], null);
    await desk.reload();
    await desk.getByText('4.2 of 5').first().waitFor();
    await desk.getByText('3 (60%)').waitFor();
    await isFit(desk, 'the ratings');
    await look(desk, 'ratings');
    await desk.getByRole('link', { name: 'Open the visit' }).click();
    await desk.getByRole('heading', { name: 'Rating' }).waitFor();
    await desk.getByText('The sound was poor, but she was kind.').waitFor();
    await isFit(desk, 'one visit with its rating');

    const doctor = await clinics.come(clinic, 'doctor');
    await doctor.goto(`${clinics.server.url}/history/ratings`);
    await doctor.getByText('4.2 of 5').first().waitFor();
    expect(await doctor.getByText('The sound was poor').count()).toBe(0);
    expect(await doctor.getByLabel('Doctor').count()).toBe(0);
  }, 180_000);
});
