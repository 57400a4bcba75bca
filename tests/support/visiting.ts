/** What browser tests of a call begin with: two people in a visit, the patient through a proxy that can be cut. */
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Looks, seesAndHears } from './browser.ts';
import { type Browsing, openBrowsing } from './browsing.ts';
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts';
import { createTenant, type TestPerson, type TestTenant } from './tenant.ts';
import { arrive, goToWaitingRoom, planVisit, startFromQueue } from './visit.ts';

export interface Visit {
  clinic: TestTenant;
  id: string;
  doctor: Page;
  patient: Page;
}

export interface VisitOptions {
  clinic?: Parameters<typeof createTenant>[1];
  looks?: Partial<Record<'doctor' | 'patient', Looks>>;
  /** Done with each page before anything is pressed on it. */
  prepare?: (page: Page) => Promise<unknown>;
  /** How long both stay: not longer than this test unless said otherwise. */
  stay?: 'to the end';
}

export interface Visiting {
  readonly pages: Browsing;
  /** Between the patient and the server; mended after each test. */
  readonly proxy: CuttableProxy;
  /** Signs somebody in, a patient through the proxy. */
  come(clinic: TestTenant, who: TestPerson, looks?: Looks, stay?: 'to the end'): Promise<Page>;
  /** Patient waits, doctor starts, both see and hear each other. */
  visit(options?: VisitOptions): Promise<Visit>;
  /** The same visit for every test that asks, which begins with a good call whatever the one before has left. */
  commonVisit(options?: VisitOptions): Promise<Visit>;
}

/** Call inside `describe`. */
export function openVisiting(engine: string): Visiting {
  const pages = openBrowsing(() => ({
    env: { MEDIA_ENGINE: engine },
    [Symbol.asyncDispose]: async () => undefined,
  }));
  let proxy: CuttableProxy;
  beforeAll(async () => {
    proxy = await startCuttableProxy(pages.server.url);
  });
  afterEach(() => proxy.mend());
  afterAll(() => proxy?.[Symbol.asyncDispose]());

  const come: Visiting['come'] = async (clinic, who, looks, stay) =>
    pages.join(await arrive(pages.browser, who === 'patient' ? proxy.url : pages.server.url, clinic, who, looks), stay);

  async function visit({ clinic: options, looks = {}, prepare, stay }: VisitOptions = {}): Promise<Visit> {
    const clinic = await createTenant(pages.db, options);
    const { id } = await planVisit(pages.server.url, clinic);
    const patient = await come(clinic, 'patient', looks.patient, stay);
    await prepare?.(patient);
    await goToWaitingRoom(patient);
    await patient.getByRole('heading', { name: 'Waiting room' }).waitFor();
    const doctor = await come(clinic, 'doctor', looks.doctor, stay);
    await prepare?.(doctor);
    await startFromQueue(doctor, clinic.users.patient.displayName);
    await bothSeeAndHear({ doctor, patient });
    return { clinic, id, doctor, patient };
  }

  let common: Visit | undefined;
  async function commonVisit(options?: VisitOptions): Promise<Visit> {
    if (common) await bothSeeAndHear(common);
    common ??= await visit({ ...options, stay: 'to the end' });
    return common;
  }

  return {
    pages,
    get proxy() {
      return proxy;
    },
    come,
    visit,
    commonVisit,
  };
}

export async function bothSeeAndHear({ doctor, patient }: Pick<Visit, 'doctor' | 'patient'>): Promise<void> {
  await Promise.all([seesAndHears(doctor, 'the doctor’s'), seesAndHears(patient, 'the patient’s')]);
}
