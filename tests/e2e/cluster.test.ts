/**
 * Two real Chromium on two nodes, each behind a balancer of its own that is led elsewhere when a node goes: a node dies, or is
 * restarted, and both go on seeing and hearing each other without a new page.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromiumMissing, chromiumPath, launchBrowser, seesAndHears } from '../support/browser.ts';
import { clusterEnv } from '../support/cluster.ts';
import { type CuttableProxy, startCuttableProxy } from '../support/cuttable-proxy.ts';
import { createTestDatabase } from '../support/database.ts';
import type { ServerProcess } from '../support/process.ts';
import { noRedis, startRedis } from '../support/redis.ts';
import { isSameDocument, markDocument } from '../support/rough-visit.ts';
import { createTenant, type TestTenant } from '../support/tenant.ts';
import { arrive, goToWaitingRoom, planVisit, readVisit, spawnForBrowsers, startFromQueue } from '../support/visit.ts';

const isPossible = chromiumPath !== undefined && noRedis === undefined;
const suite = isPossible ? describe : describe.skip;
/** How soon is measured by `npm run bench -- cluster`; here only that it happens, on however busy a machine. */
const patienceMs = 45_000;

interface Scene {
  clinic: TestTenant;
  meetingId: string;
  doctor: Awaited<ReturnType<typeof arrive>>;
  patient: Awaited<ReturnType<typeof arrive>>;
  doctorWay: CuttableProxy;
  patientWay: CuttableProxy;
  first: ServerProcess;
  second: ServerProcess;
  startNode(): Promise<ServerProcess>;
}

suite(`a call over several nodes${isPossible ? '' : ` (${noRedis ?? chromiumMissing})`}`, () => {
  const stack = new AsyncDisposableStack();
  let scene: Scene;
  beforeAll(async () => {
    scene = await setTheScene(stack);
  }, 180_000);
  afterAll(() => stack.disposeAsync());

  const bothSeeAndHear = () =>
    Promise.all([
      seesAndHears(scene.doctor.page, 'the doctor’s', patienceMs),
      seesAndHears(scene.patient.page, 'the patient’s', patienceMs),
    ]);

  /** The same pages, in the same visit, and nothing went wrong in them. */
  async function expectNothingLost(node: ServerProcess): Promise<void> {
    const visit = await readVisit(node.url, scene.clinic, scene.meetingId);
    expect(visit).toMatchObject({ status: 'active', reconnectDeadline: null });
    const pages = [scene.doctor.page, scene.patient.page];
    expect(await Promise.all(pages.map(isSameDocument))).toEqual([true, true]);
    expect([scene.doctor.faults, scene.patient.faults]).toEqual([[], []]);
  }

  it('goes on when the node is killed that holds the room and the doctor’s connection', async () => {
    await bothSeeAndHear();
    scene.doctorWay.target = scene.second.url;
    await scene.first.kill('SIGKILL');
    await bothSeeAndHear();
    await expectNothingLost(scene.second);
  }, 120_000);

  it('goes on when every node is restarted, one after the other', async () => {
    const third = await scene.startNode();
    scene.doctorWay.target = third.url;
    scene.patientWay.target = third.url;
    expect(await scene.second.kill('SIGTERM')).toBe(0);
    await bothSeeAndHear();
    await expectNothingLost(third);
  }, 120_000);
});

async function setTheScene(stack: AsyncDisposableStack): Promise<Scene> {
  const db = stack.use(await createTestDatabase());
  const env = clusterEnv(stack.use(await startRedis()), 'sfu');
  const startNode = async () => stack.use(await spawnForBrowsers(db, env));
  const [first, second] = await Promise.all([startNode(), startNode()]);
  const doctorWay = stack.use(await startCuttableProxy(first.url));
  const patientWay = stack.use(await startCuttableProxy(second.url));
  const clinic = await createTenant(db, { settings: { doctorGraceSeconds: 0 } });
  const { id: meetingId } = await planVisit(second.url, clinic);
  const browser = await launchBrowser();
  stack.defer(() => browser.close());
  const patient = await arrive(browser, patientWay.url, clinic, 'patient');
  await goToWaitingRoom(patient.page);
  await patient.page.getByRole('heading', { name: 'Waiting room' }).waitFor();
  const doctor = await arrive(browser, doctorWay.url, clinic, 'doctor');
  await startFromQueue(doctor.page, clinic.users.patient.displayName);
  await Promise.all([markDocument(doctor.page), markDocument(patient.page)]);
  return { clinic, meetingId, doctor, patient, doctorWay, patientWay, first, second, startNode };
}
