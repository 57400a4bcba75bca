/** A visit over several nodes: each person's browser behind a balancer of its own, which is led elsewhere when a node goes. */
import { launchBrowser, type Person } from './browser.ts';
import { clusterEnv } from './cluster.ts';
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts';
import { createTestDatabase } from './database.ts';
import type { ServerProcess } from './process.ts';
import { startRedis } from './redis.ts';
import { markDocument } from './rough-visit.ts';
import { createTenant, type TestTenant } from './tenant.ts';
import { arrive, goToWaitingRoom, planVisit, spawnForBrowsers, startFromQueue } from './visit.ts';

export interface Seat {
  person: Person;
  way: CuttableProxy;
  /** Where the way leads. */
  node: ServerProcess;
}

export interface ClusterVisit extends AsyncDisposable {
  clinic: TestTenant;
  meetingId: string;
  /** Their node holds the room. */
  doctor: Seat;
  patient: Seat;
  startNode(): Promise<ServerProcess>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Connections that are made from now on go there. */
export function lead(seat: Seat, node: ServerProcess): void {
  seat.node = node;
  seat.way.target = node.url;
}

/** Both are on their way into the call when it resolves. */
export async function clusterVisit(doctorGraceSeconds: number): Promise<ClusterVisit> {
  const stack = new AsyncDisposableStack();
  try {
    const db = stack.use(await createTestDatabase());
    const env = clusterEnv(stack.use(await startRedis()), 'sfu');
    const startNode = async () => stack.use(await spawnForBrowsers(db, env));
    const [first, second] = [await startNode(), await startNode()];
    const doctorWay = stack.use(await startCuttableProxy(first.url));
    const patientWay = stack.use(await startCuttableProxy(second.url));
    const clinic = await createTenant(db, { settings: { doctorGraceSeconds } });
    const { id: meetingId } = await planVisit(second.url, clinic);
    const browser = await launchBrowser();
    stack.defer(() => browser.close());
    const patient = await arrive(browser, patientWay.url, clinic, 'patient');
    await goToWaitingRoom(patient.page);
    await patient.page.getByRole('heading', { name: 'Waiting room' }).waitFor();
    const doctor = await arrive(browser, doctorWay.url, clinic, 'doctor');
    await startFromQueue(doctor.page, clinic.users.patient.displayName);
    await Promise.all([markDocument(doctor.page), markDocument(patient.page)]);
    return {
      clinic,
      meetingId,
      doctor: { person: doctor, way: doctorWay, node: first },
      patient: { person: patient, way: patientWay, node: second },
      startNode,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
