/** For how long two browsers on two nodes see nothing when one of the nodes goes. */
import { setTimeout as pause } from 'node:timers/promises';
import { seesAndHears } from '../../tests/support/browser.ts';
import { type ClusterVisit, clusterVisit, lead, type Seat } from '../../tests/support/cluster-visit.ts';
import globalSetup from '../../tests/support/global-setup.ts';
import globalTeardown from '../../tests/support/global-teardown.ts';
import { until } from '../../tests/support/until.ts';
import { readVisit } from '../../tests/support/visit.ts';
import { median, spread } from '../figures.ts';
import { longestGap, watchFrames } from '../roads/frames.ts';
import { figure, table } from '../table.ts';

/** Fewer for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 10);
const patienceMs = 60_000;
/** So long both see each other before and after, so that a gap is one. */
const calmMs = 2_000;

/** What happens to the node that holds the room, and one of the two persons' connections. */
const fates = [
  { what: 'the node that holds the room is killed', signal: 'SIGKILL', target: '5' },
  { what: 'the node that holds the room is told to stop', signal: 'SIGTERM', target: '3' },
] as const;

export async function reportCluster(say: (line: string) => void): Promise<string> {
  await globalSetup();
  try {
    await using visit = await clusterVisit(300);
    // Whose node holds the room, and who is on another one.
    let [there, elsewhere] = [visit.doctor, visit.patient];
    const rows: string[][] = [];
    for (const { what, signal, target } of fates) {
      const gaps: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        gaps.push((await lose(visit, there, elsewhere, signal)) / 1_000);
        say(`${what}: ${figure(gaps.at(-1) ?? 0)}`);
        // The other one's node holds it now; whoever came there goes to a new node.
        await moveTo(there, await visit.startNode());
        [there, elsewhere] = [elsewhere, there];
      }
      await bothSeeAndHear(visit);
      const { reconnectDeadline, status } = await readVisit(there.node.url, visit.clinic, visit.meetingId);
      if (status !== 'active' || reconnectDeadline !== null) throw new Error('The consultation did not outlive it.');
      rows.push([`${what}: longest time without a picture, s`, figure(median(gaps)), figure(spread(gaps).p95), target]);
    }
    return table(['two nodes', 'median', 'p95', 'target'], rows);
  } finally {
    await globalTeardown();
  }
}

/** Milliseconds for which the one of them saw nothing who saw nothing longer. */
async function lose(visit: ClusterVisit, there: Seat, elsewhere: Seat, signal: NodeJS.Signals): Promise<number> {
  const pages = [visit.doctor, visit.patient].map(({ person }) => person.page);
  await bothSeeAndHear(visit);
  await Promise.all(pages.map(watchFrames));
  await pause(calmMs);
  const { node } = there;
  // A balancer notices a node that stops before it is gone, and one that was killed at the next connection.
  lead(there, elsewhere.node);
  const since = Date.now();
  await node.kill(signal);
  await bothSeeAndHear(visit);
  await pause(calmMs);
  return Math.max(...(await Promise.all(pages.map((page) => longestGap(page, since)))));
}

/** Over a new connection, while the room stays where it is. */
async function moveTo(seat: Seat, node: Seat['node']): Promise<void> {
  lead(seat, node);
  seat.way.cut();
  await pause(100);
  seat.way.mend();
  await until('somebody is connected there', async () => (await socketsOf(node)) > 0, patienceMs);
}

async function socketsOf({ url }: Seat['node']): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^housecall_sockets (\d+)/m.exec(text)?.[1] ?? 0);
}

function bothSeeAndHear(visit: ClusterVisit): Promise<unknown> {
  const people = [visit.doctor, visit.patient].map(({ person }) => person.page);
  return Promise.all(people.map((page) => seesAndHears(page, 'a person’s', patienceMs, 20)));
}
