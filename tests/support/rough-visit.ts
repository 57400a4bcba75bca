/** A visit whose patient is behind a bad network: both ends of it, and what can be asked of them. */
import type { Browser, Page } from 'playwright-core';
import type { Meeting } from '../../signaling/protocol/index.ts';
import { launchBrowser, type Person, seesAndHears } from './browser.ts';
import { type Coturn, startCoturn } from './coturn.ts';
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts';
import { createTestDatabase } from './database.ts';
import { fair, type MediaProxy, startMediaProxy } from './media-proxy.ts';
import { freePort, type ServerProcess } from './process.ts';
import { createTenant, type TestTenant } from './tenant.ts';
import { arrive, goToWaitingRoom, planVisit, readVisit, spawnForBrowsers, startFromQueue } from './visit.ts';

/** coturn's relays come from here, and the media proxy lets them pass whatever it blocks. */
const relayAddress = '127.0.0.9';

export interface RoughVisit extends AsyncDisposable {
  clinic: TestTenant;
  meetingId: string;
  doctor: Person;
  patient: Person;
  /** The patient's own: it can be frozen without the doctor's. */
  patientBrowser: Browser;
  doctorBrowser: Browser;
  /** Between the patient and the server: pages, calls, facts. */
  link: CuttableProxy;
  /** Between the doctor and the server; the doctor's media goes straight. */
  doctorLink: CuttableProxy;
  /** Between the patient and the media. */
  media: MediaProxy;
  server: ServerProcess;
  /** Kills the server, and starts it again at the same address. Resolves when it is ready. */
  restartServer(): Promise<void>;
  read(): Promise<Meeting>;
  /** Both decode new pictures and receive sound. */
  bothSeeAndHear(limitMs?: number): Promise<void>;
  /** Everything is as on a good day again. */
  calm(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface RoughOptions {
  engine?: 'sfu' | 'p2p';
  settings?: Record<string, number>;
  /** With a TURN server over TLS. */
  relay?: boolean;
}

/** Both are in the call when it resolves. */
export async function roughVisit({ engine = 'sfu', settings, relay = false }: RoughOptions = {}): Promise<RoughVisit> {
  const stack = new AsyncDisposableStack();
  try {
    const db = stack.use(await createTestDatabase());
    const turn = relay ? stack.use(await startCoturn(relayAddress)) : undefined;
    const env = await environment(engine, turn);
    let server = await spawnForBrowsers(db, env);
    stack.defer(() => server[Symbol.asyncDispose]());
    const link = stack.use(await startCuttableProxy(server.url));
    const doctorLink = stack.use(await startCuttableProxy(server.url));
    const media = stack.use(await startMediaProxy(Number(env['MEDIA_PORT']), { free: [relayAddress] }));
    const [doctorBrowser, patientBrowser] = [await launch(stack), await launch(stack)];
    const clinic = await createTenant(db, settings ? { settings } : {});
    const { id: meetingId } = await planVisit(server.url, clinic);
    const patient = await arrive(patientBrowser, link.url, clinic, 'patient', { media });
    await goToWaitingRoom(patient.page);
    await patient.page.getByRole('heading', { name: 'Waiting room' }).waitFor();
    const doctor = await arrive(doctorBrowser, doctorLink.url, clinic, 'doctor');
    await startFromQueue(doctor.page, clinic.users.patient.displayName);
    await Promise.all([markDocument(doctor.page), markDocument(patient.page)]);
    const visit: RoughVisit = {
      clinic,
      meetingId,
      doctor,
      patient,
      patientBrowser,
      doctorBrowser,
      link,
      doctorLink,
      media,
      get server() {
        return server;
      },
      async restartServer() {
        await server.kill('SIGKILL');
        server = await spawnForBrowsers(db, { ...env, PORT: new URL(link.target).port });
      },
      read: () => readVisit(server.url, clinic, meetingId),
      bothSeeAndHear: async (limitMs) => {
        await Promise.all([
          seesAndHears(visit.doctor.page, 'the doctor’s', limitMs),
          seesAndHears(visit.patient.page, 'the patient’s', limitMs),
        ]);
      },
      calm() {
        link.mend();
        doctorLink.mend();
        media.weather = { ...fair };
      },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
    await visit.bothSeeAndHear();
    return visit;
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** The pages are still those that were loaded in the beginning. */
export async function isSameDocument(page: Page): Promise<boolean> {
  return page.evaluate(() => 'sameDocument' in globalThis);
}

export const markDocument = (page: Page): Promise<unknown> =>
  page.evaluate(() => void Object.assign(globalThis, { sameDocument: true }));

/** How many connections for media the page has ever made: looking for another way makes none, building again does. */
export function connectionsMade(page: Page): Promise<number> {
  return page.evaluate(
    () => (globalThis as unknown as { housecallMedia: { connections: unknown[] } }).housecallMedia.connections.length,
  );
}

/** With how many bit/s the browser would now send its pictures, all sizes together, by what it found the network to carry. */
export function pictureRate(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { connections } = (globalThis as unknown as { housecallMedia: { connections: RTCPeerConnection[] } })
      .housecallMedia;
    let sum = 0;
    for (const connection of connections.filter((one) => one.connectionState !== 'closed')) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'outbound-rtp' && report.kind === 'video') sum += report.targetBitrate ?? 0;
      }
    }
    return sum;
  });
}

async function environment(engine: string, turn: Coturn | undefined): Promise<Record<string, string>> {
  return {
    MEDIA_ENGINE: engine,
    MEDIA_PORT: String(await freePort()),
    ...(turn && { TURN_URLS: turn.tlsUrl, TURN_SECRET: turn.secret }),
  };
}

async function launch(stack: AsyncDisposableStack): Promise<Browser> {
  // The certificate of the test's own TURN server is signed by nobody.
  const browser = await launchBrowser(['--ignore-certificate-errors']);
  stack.defer(() => browser.close());
  return browser;
}
