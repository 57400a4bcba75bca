/** Two people in two browsers: the steps that every browser test of a consultation begins with. */
import type { Browser, Page } from 'playwright-core';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { type Looks, newPerson, type Person } from './browser.ts';
import type { TestDatabase } from './database.ts';
import { type ServerProcess, spawnServer } from './process.ts';
import { call } from './serve-app.ts';
import { type TestPerson, type TestTenant, testJwt, testPassword } from './tenant.ts';

/** The server as a process, serving the built web client. */
export const spawnForBrowsers = (db: TestDatabase, env: Record<string, string> = {}): Promise<ServerProcess> =>
  spawnServer({
    DATABASE_URL: db.appUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    JWT_SECRET: testJwt.secret,
    RATE_LIMITS: 'off',
    MEDIA_PORT: '0',
    ...env,
  });

export async function planVisit(url: string, clinic: TestTenant): Promise<Meeting> {
  const { doctorId, patientId } = clinic;
  const body = { doctorId, patientId, scheduledAt: new Date().toISOString(), reason: 'Blood pressure' };
  const answer = await call(`${url}/api/v1/meetings`, 'POST', { token: await clinic.token('staff'), body });
  if (answer.status !== 201) throw new Error(`The visit was not planned: ${answer.status}`);
  return answer.json as Meeting;
}

export async function readVisit(url: string, clinic: TestTenant, id: string): Promise<Meeting> {
  return (await call(`${url}/api/v1/meetings/${id}`, 'GET', { token: await clinic.token('admin') })).json as Meeting;
}

export async function signIn(page: Page, clinic: TestTenant, person: TestPerson): Promise<void> {
  await page.getByLabel('E-mail').fill(clinic.users[person].email);
  await page.getByLabel('Password', { exact: true }).fill(testPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A signed-in person at the start of their way. */
export async function arrive(
  browser: Browser,
  url: string,
  clinic: TestTenant,
  person: TestPerson,
  looks?: Looks,
): Promise<Person> {
  const someone = await newPerson(browser, url, looks);
  await signIn(someone.page, clinic, person);
  return someone;
}

/** From the list of visits through the device check. */
export async function goToWaitingRoom(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /Go to the waiting room|Join now/ })
    .or(page.getByRole('button', { name: /Go to the waiting room|Join now/ }))
    .first()
    .click();
  await page.getByRole('heading', { name: 'Check your camera and sound' }).waitFor();
  await page.getByRole('button', { name: /Go to the waiting room|Join the visit now/ }).click();
}

export async function startFromQueue(page: Page, patientName: string): Promise<void> {
  const start = `Start visit: ${patientName}`;
  await page
    .getByRole('button', { name: start })
    .or(page.getByRole('link', { name: start }))
    .first()
    .click();
}
