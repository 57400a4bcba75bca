/** How long a call is without pictures on rough roads: two Chromium, the real server, and proxies that do what networks do. */
import { setTimeout as pause } from 'node:timers/promises';
import globalSetup from '../../tests/support/global-setup.ts';
import globalTeardown from '../../tests/support/global-teardown.ts';
import { freeze } from '../../tests/support/renderers.ts';
import { type RoughVisit, roughVisit } from '../../tests/support/rough-visit.ts';
import { until } from '../../tests/support/until.ts';
import { median, spread } from '../figures.ts';
import { figure, table } from '../table.ts';
import { firstFrameAfter, longestGap, watchFrames } from './frames.ts';

/** Fewer for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 10);
/** Only the roads whose words contain this. */
const only = process.env['BENCH_ROAD'] ?? '';
const outageMs = 30_000;
const lidMs = 120_000;

/** Seconds, or NaN where it does not apply. */
type Road = (visit: RoughVisit) => Promise<number>;

interface Measured {
  what: string;
  target: string;
  road: Road;
  /** What takes minutes is measured less often. */
  rounds?: number;
  /** The connection has lost much, and is left alone: two such reports in a row put the sound first, as they should (SPEC.md, QL3). */
  restMs?: number;
}

/** Three reports of the connection, every five seconds. */
const threeReportsMs = 15_000;

const measured: readonly Measured[] = [
  { what: 'outage of 30 s: pictures for both after the link’s return, s', target: '2', road: outage },
  { what: 'signalling socket cut: longest time without a picture, s', target: '1.5', road: socketCut },
  { what: 'server killed: pictures for both after it is ready again, s', target: '5', road: serverKilled },
  { what: 'media one way only: said to the other side, s', target: '5', road: oneWaySaid, restMs: threeReportsMs },
  { what: 'media one way only: healed, s', target: '', road: oneWayHealed, restMs: threeReportsMs },
  {
    what: 'address changed, every connection dead: pictures for both, s',
    target: '',
    road: addressChanged,
    restMs: threeReportsMs,
  },
  { what: 'frozen browser: said to the other side, s', target: '5', road: frozenSaid },
  { what: 'frozen browser: counted as a drop, s', target: '15', road: frozenDropped },
  {
    what: 'lid closed for two minutes: pictures for both after it is opened, s',
    target: '',
    road: lidClosed,
    rounds: 2,
  },
];

export async function reportRoads(say: (line: string) => void): Promise<string> {
  await globalSetup();
  try {
    const settings = { doctorGraceSeconds: 300, reconnectWindowSeconds: 600 };
    const engine = process.env['BENCH_ENGINE'] === 'p2p' ? 'p2p' : 'sfu';
    await using visit = await roughVisit({ settings, engine });
    const rows: string[][] = [];
    for (const { what, target, road, rounds: most = rounds, restMs = 2_000 } of measured.filter((one) =>
      one.what.includes(only),
    )) {
      const times: number[] = [];
      for (let round = 0; round < Math.min(most, rounds); round += 1) {
        times.push((await fresh(visit, road, restMs)) / 1_000);
        say(`${what}: ${figure(times.at(-1) ?? 0)}`);
      }
      rows.push([what, figure(median(times)), figure(spread(times).p95), target]);
    }
    return table(['rough road', 'median', 'p95', 'target'], rows);
  } finally {
    await globalTeardown();
  }
}

/** Each begins with a call that has been well for a moment. */
async function fresh(visit: RoughVisit, road: Road, restMs: number): Promise<number> {
  visit.calm();
  await visit.bothSeeAndHear(60_000);
  await until('both are present', async () => (await visit.read()).reconnectDeadline === null, 60_000);
  await Promise.all([watchFrames(visit.doctor.page), watchFrames(visit.patient.page)]);
  await pause(restMs);
  return road(visit);
}

async function bothAfter({ doctor, patient }: RoughVisit, since: number): Promise<number> {
  return Math.max(...(await Promise.all([doctor, patient].map(({ page }) => firstFrameAfter(page, since)))));
}

async function outage(visit: RoughVisit): Promise<number> {
  visit.media.weather = { ...visit.media.weather, udp: 'blocked', tcp: 'blocked' };
  visit.link.silence();
  await pause(outageMs);
  const since = Date.now();
  visit.calm();
  return bothAfter(visit, since);
}

async function socketCut(visit: RoughVisit): Promise<number> {
  const since = Date.now();
  visit.link.cut();
  visit.link.mend();
  await pause(6_000);
  return Math.max(await longestGap(visit.doctor.page, since), await longestGap(visit.patient.page, since));
}

async function serverKilled(visit: RoughVisit): Promise<number> {
  await visit.restartServer();
  return bothAfter(visit, Date.now());
}

async function oneWaySaid(visit: RoughVisit): Promise<number> {
  const since = Date.now();
  visit.media.deafenWays();
  await saidAtDoctor(visit);
  return Date.now() - since;
}

async function oneWayHealed(visit: RoughVisit): Promise<number> {
  const since = Date.now();
  visit.media.deafenWays();
  await saidAtDoctor(visit);
  return firstFrameAfter(visit.doctor.page, since + 1_000).then((ms) => ms + 1_000);
}

async function addressChanged(visit: RoughVisit): Promise<number> {
  const since = Date.now();
  visit.media.abandonWays();
  visit.link.silence();
  visit.link.mend();
  // What was on its way when it broke is no sign of life.
  return (await bothAfter(visit, since + 1_000)) + 1_000;
}

async function frozenSaid(visit: RoughVisit): Promise<number> {
  const since = Date.now();
  const thaw = await freeze(visit.patientBrowser);
  try {
    await saidAtDoctor(visit);
    return Date.now() - since;
  } finally {
    thaw();
  }
}

async function frozenDropped(visit: RoughVisit): Promise<number> {
  const since = Date.now();
  const thaw = await freeze(visit.patientBrowser);
  try {
    await until('the drop is counted', async () => (await visit.read()).reconnectDeadline !== null, 60_000);
    return Date.now() - since;
  } finally {
    thaw();
  }
}

async function lidClosed(visit: RoughVisit): Promise<number> {
  const thaw = await freeze(visit.patientBrowser);
  await pause(lidMs);
  const since = Date.now();
  thaw();
  return bothAfter(visit, since);
}

const saidAtDoctor = ({ doctor }: RoughVisit): Promise<void> =>
  doctor.page
    .getByText(/Nothing comes through from/)
    .first()
    .waitFor({ timeout: 60_000 });
