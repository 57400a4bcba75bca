/**
 * How long people look at a dark screen: the web client that patients get, in a real visit, beside the minimal page at the
 * minimal mediasoup server. Two moments: the doctor's click on start until the waiting patient's first decoded picture, and
 * the patient's click on join, the doctor being there, until their own. Every click, on theirs as on ours, comes half a second
 * after the button is there: people need longer, and pages prepare meanwhile.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { createIceServers } from '../../signaling/media/ice-servers.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { launchBrowser, newPerson } from '../../tests/support/browser.ts';
import { type Coturn, startCoturn } from '../../tests/support/coturn.ts';
import { createTestDatabase } from '../../tests/support/database.ts';
import type { ServerProcess } from '../../tests/support/process.ts';
import { call } from '../../tests/support/serve-app.ts';
import { createTenant, type TestTenant } from '../../tests/support/tenant.ts';
import { goToWaitingRoom, planVisit, signIn, spawnForBrowsers } from '../../tests/support/visit.ts';
import { median, spread } from '../figures.ts';
import type { BenchProcess } from '../process/start.ts';
import { firstFrameAfter, watchFrames } from '../roads/frames.ts';
import { figure, ratio, table } from '../table.ts';

/** Less than anybody takes to see a button and press it. */
const lookMs = 500;

/** Fewer for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 20);

export const ways = ['sfu', 'p2p', 'relay'] as const;
export type Way = (typeof ways)[number];
/** Only this one. */
const onlyWay = process.env['BENCH_WAY'] ?? '';

/**
 * The minimal page opens camera and socket with the click, as a page without a device check does; the prepared one has both
 * open before it. Both show the pictures and, over a relay, go by the same one. The dark one is prepared, shows nothing and
 * goes straight to its server on every way: less than it nobody can do, and nobody sees anything.
 */
const pages = { minimal: { pictures: 'yes' }, prepared: { pictures: 'yes', early: 'yes' }, dark: { early: 'yes' } };
const pageNames = ['minimal', 'prepared', 'dark'] as const satisfies (keyof typeof pages)[];

interface Waits {
  /** Milliseconds from the doctor's start to the waiting patient's first picture. */
  start: number;
  /** Milliseconds from the patient's click to their first picture. */
  click: number;
}

export interface MinimalPage {
  server: BenchProcess;
  url: string;
}

export async function reportVisits(minimal: MinimalPage, say: (line: string) => void): Promise<string> {
  const rows: string[][] = [];
  for (const way of ways.filter((one) => onlyWay === '' || one === onlyWay)) {
    await using visits = await openVisits(way);
    const ours: Waits[] = [];
    const theirs = pageNames.map((): Waits[] => []);
    for (let round = 0; round <= rounds; round += 1) {
      const our = await visits.next();
      const others: Waits[] = [];
      for (const name of pageNames)
        others.push(await visits.minimal(minimal, { meeting: `${way}-${round}-${name}`, ...pages[name] }));
      const told = others.map((waits, index) => `${pageNames[index]} ${inWords(waits)}`);
      say(`${way} ${round}: ${[inWords(our), ...told].join(', ')}`);
      // The first round warms all of them up.
      if (round === 0) continue;
      ours.push(our);
      for (const [index, waits] of others.entries()) theirs[index]?.push(waits);
    }
    for (const moment of ['start', 'click'] as const) {
      const beside = theirs.flatMap((page) => [...spreadOf(page, moment), ...ratiosOf(moment, ours, page)]);
      rows.push([words[moment], way, ...spreadOf(ours, moment), ...beside]);
    }
  }
  const floors = pageNames.flatMap((page) => [`${page} p50`, `${page} p95`, 'ratio p50', 'ratio p95']);
  return table(['from', 'way', 'p50 ms', 'p95 ms', ...floors], rows);
}

const inWords = (waits: Waits): string => Object.entries(waits).flat().join(' ');

const words = { start: 'the doctor’s start', click: 'the patient’s click' };

/** p50 and p95. */
function spreadOf(all: readonly Waits[], moment: keyof Waits): string[] {
  const { p50, p95 } = spread(all.map((one) => one[moment]));
  return [figure(p50), figure(p95)];
}

/** At p50 of what belongs to one round, which the machine did in one mood; at p95 of all rounds. */
function ratiosOf(moment: keyof Waits, ours: readonly Waits[], theirs: readonly Waits[]): string[] {
  const perRound = ours.map((one, round) => one[moment] / (theirs[round]?.[moment] ?? Number.NaN));
  const [our, their] = [ours, theirs].map((all) => spread(all.map((one) => one[moment])).p95);
  return [ratio(median(perRound)), ratio((our ?? Number.NaN) / (their ?? Number.NaN))];
}

/** What the minimal page is told. */
interface MinimalWords {
  meeting: string;
  pictures?: string;
  early?: string;
}

interface Visits extends AsyncDisposable {
  /** One visit over this way, from the waiting room to the end. */
  next(): Promise<Waits>;
  /** The same moments of the minimal page, in the same browser. */
  minimal(page: MinimalPage, how: MinimalWords): Promise<Waits>;
  [Symbol.asyncDispose](): Promise<void>;
}

async function openVisits(way: Way): Promise<Visits> {
  const stack = new AsyncDisposableStack();
  const turn = way === 'relay' ? stack.use(await startCoturn()) : undefined;
  const db = stack.use(await createTestDatabase());
  const server = stack.use(await spawnForBrowsers(db, environment(way, turn)));
  const clinic = await createTenant(db);
  const browser = await launchBrowser(['--ignore-certificate-errors']);
  stack.defer(() => browser.close());
  const looks = { relayOnly: way === 'relay' };
  const [doctor, patient] = [await newPerson(browser, server.url, looks), await newPerson(browser, server.url, looks)];
  await Promise.all([signIn(doctor.page, clinic, 'doctor'), signIn(patient.page, clinic, 'patient')]);
  // To go on before the answer would be to go on without having signed in.
  for (const { page } of [doctor, patient]) await page.getByLabel('E-mail').waitFor({ state: 'detached' });
  return {
    next: () => visit(server, clinic, doctor.page, patient.page),
    minimal: (page, how) => minimalVisit(browser, page, { ...how, ...(turn && how.pictures && relayOf(turn)) }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function environment(way: Way, turn: Coturn | undefined): Record<string, string> {
  return {
    MEDIA_ENGINE: way === 'sfu' ? 'sfu' : 'p2p',
    ...(turn && { TURN_URLS: turn.udpUrl, TURN_SECRET: turn.secret }),
  };
}

/** As our server tells its own page. */
function relayOf({ udpUrl, secret }: Coturn): { relay: string } {
  const iceServers = createIceServers({ turnUrls: [udpUrl], turnSecret: secret, clock: systemClock });
  return { relay: JSON.stringify(iceServers('the minimal page')) };
}

async function visit(server: ServerProcess, clinic: TestTenant, doctor: Page, patient: Page): Promise<Waits> {
  const { id } = await planVisit(server.url, clinic);
  await Promise.all([doctor.goto(server.url), patient.goto(server.url)]);
  await goToWaitingRoom(patient);
  await patient.getByRole('heading', { name: 'Waiting room' }).waitFor();
  const name = `Start visit: ${clinic.users.patient.displayName}`;
  const start = doctor.getByRole('button', { name }).or(doctor.getByRole('link', { name })).first();
  await start.waitFor();
  const begun = await waitAfter(patient, doctor, () => start.click());
  await patient.goto(server.url);
  await patient
    .getByRole('link', { name: 'Join now' })
    .or(patient.getByRole('button', { name: 'Join now' }))
    .click();
  const join = patient.getByRole('button', { name: 'Join the visit now' });
  await join.waitFor();
  const click = await waitAfter(patient, patient, () => join.click());
  const token = await clinic.token('admin');
  const ended = await call(`${server.url}/api/v1/meetings/${id}/end`, 'POST', { token, body: {} });
  if (ended.status >= 300) throw new Error(`The visit was not ended: ${ended.status} ${ended.text}`);
  return { start: begun, click };
}

async function minimalVisit(
  browser: Browser,
  { server, url }: MinimalPage,
  how: MinimalWords & { relay?: string },
): Promise<Waits> {
  const open = (more: Record<string, string>) =>
    newPerson(browser, `${url}/?${new URLSearchParams({ server: server.url, ...how, ...more })}`);
  const isReady = (page: Page) =>
    page.waitForFunction(() => (globalThis as unknown as { benchState: BenchState }).benchState.waiting);
  const doctor = await open({ as: 'doctor' });
  const patient = await open({ as: 'patient', wait: 'yes' });
  await isReady(patient.page);
  if ('early' in how) await isReady(doctor.page);
  const start = await waitAfter(patient.page, doctor.page, () => doctor.page.click('button'));
  await patient.context.close();
  const late = await open({ as: 'patient' });
  if ('early' in how) await isReady(late.page);
  const click = await waitAfter(late.page, late.page, () => late.page.click('button'));
  await Promise.all([doctor.context.close(), late.context.close()]);
  return { start, click };
}

interface BenchState {
  waiting: boolean;
}

/** Milliseconds from the click, on the clicked page, to the first new picture on the watched one. */
async function waitAfter(watched: Page, clicked: Page, click: () => Promise<void>): Promise<number> {
  await pause(lookMs);
  await watchFrames(watched);
  await clicked.evaluate(() => {
    addEventListener('click', () => Object.assign(globalThis, { benchClickedAt: Date.now() }), {
      capture: true,
      once: true,
    });
  });
  await click();
  const at = await clicked.waitForFunction(() => (globalThis as unknown as { benchClickedAt?: number }).benchClickedAt);
  return firstFrameAfter(watched, Number(await at.jsonValue()));
}
