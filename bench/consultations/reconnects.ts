/**
 * A thousand people in five hundred consultations lose their connection at one instant: how many are back in their seat, and
 * after how long. Their connections are cut; the one node that all are on is killed and started again; one of two nodes is
 * killed. The floor of the first: as many bare Socket.IO connections, with one transaction each.
 */
import { Pool } from 'pg';
import { freePort } from '../../tests/support/process.ts';
import { type BenchClinic, openClinic } from '../clinic.ts';
import { openBenchDatabase } from '../database.ts';
import { spread } from '../figures.ts';
import type { Floor } from '../floor/server.ts';
import { ask } from '../process/messages.ts';
import type { BenchProcess } from '../process/start.ts';
import { startCrowd, startFloor, startThing } from '../servers.ts';
import { figure, table } from '../table.ts';
import type { Crowd, Returned, Visit } from './crowd.ts';
import { openSite, spreadOver } from './nodes.ts';

/** Fewer for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const meetings = Number(process.env['BENCH_MEETINGS'] ?? 500);

interface Fate {
  words: string;
  returned: Returned[];
  /** Meetings that went on afterwards, of all, over all rounds. */
  active: number;
}

export async function reportReconnects(say: (line: string) => void): Promise<string> {
  const fates: Fate[] = [];
  const tell = (fate: Fate) => {
    fates.push(fate);
    for (const { times, cut, refusals } of fate.returned) {
      say(`${fate.words}: ${times.length} of ${cut}; what did not succeed at once: ${JSON.stringify(refusals)}`);
    }
  };
  tell(await floorIsCut());
  tell(await everybodyIsCut());
  tell(await nodeStartsAgain());
  tell(await nodeIsKilled());
  return tableOf(fates);
}

async function floorIsCut(): Promise<Fate> {
  await using database = await openBenchDatabase();
  await using clinic = await openClinic(database.appUrl, meetings);
  await using floor = await startFloor(database);
  await using crowd = await startCrowd();
  const ids = await clinic.schedule();
  await ask<Floor, 'schedule'>(floor.child, 'schedule', ids);
  await enter(crowd, spreadOver([floor], clinic, ids));
  const returned: Returned[] = [];
  for (let round = 0; round < rounds; round += 1) returned.push(await ask<Crowd, 'cut'>(crowd.child, 'cut'));
  return { words: 'floor: 1,000 bare connections are cut', returned, active: Number.NaN };
}

async function everybodyIsCut(): Promise<Fate> {
  await using stack = new AsyncDisposableStack();
  const { nodes, clinic, crowd, database } = await openSite(stack, 1, meetings);
  await enter(crowd, spreadOver(nodes, clinic, await clinic.schedule()));
  const returned: Returned[] = [];
  let active = 0;
  for (let round = 0; round < rounds; round += 1) {
    returned.push(await ask<Crowd, 'cut'>(crowd.child, 'cut'));
    await database.settled();
    active += await countActive(database.ownerUrl, clinic);
  }
  await ask<Crowd, 'leave'>(crowd.child, 'leave');
  return { words: 'all 1,000 connections of one node are cut', returned, active };
}

/** The only node; so the time that it takes to start is in everybody's. */
async function nodeStartsAgain(): Promise<Fate> {
  const returned: Returned[] = [];
  let active = 0;
  for (let round = 0; round < rounds; round += 1) {
    await using stack = new AsyncDisposableStack();
    const { nodes, clinic, crowd, database } = await openSite(stack, 1, meetings);
    await enter(crowd, spreadOver(nodes, clinic, await clinic.schedule()));
    await database.settled();
    const PORT = String(await freePort());
    await ask<Crowd, 'watch'>(crowd.child, 'watch', { url: `http://127.0.0.1:${PORT}` });
    nodes[0]?.child.kill('SIGKILL');
    stack.use(await startThing(database, { MEDIA_ENGINE: 'sfu', PORT }));
    returned.push(await ask<Crowd, 'returned'>(crowd.child, 'returned', { atLeast: 2 * meetings }));
    active += await countActive(database.ownerUrl, clinic);
    await ask<Crowd, 'leave'>(crowd.child, 'leave');
  }
  return { words: 'the only node is killed and started at once', returned, active };
}

/** A new pair of nodes each time: whoever was killed does not come back. */
async function nodeIsKilled(): Promise<Fate> {
  const returned: Returned[] = [];
  let active = 0;
  for (let round = 0; round < rounds; round += 1) {
    await using stack = new AsyncDisposableStack();
    const { nodes, clinic, crowd, database } = await openSite(stack, 2, meetings);
    const [killed, other] = nodes;
    if (!killed || !other) throw new Error('There are not two nodes.');
    await enter(crowd, spreadOver(nodes, clinic, await clinic.schedule()));
    await database.settled();
    await ask<Crowd, 'watch'>(crowd.child, 'watch', { url: other.url });
    killed.child.kill('SIGKILL');
    returned.push(await ask<Crowd, 'returned'>(crowd.child, 'returned', { atLeast: meetings }));
    active += await countActive(database.ownerUrl, clinic);
    await ask<Crowd, 'leave'>(crowd.child, 'leave');
  }
  return { words: 'one of two nodes is killed, its 500 people go to the other', returned, active };
}

async function enter(crowd: BenchProcess, visits: readonly Visit[]): Promise<void> {
  await ask<Crowd, 'enter'>(crowd.child, 'enter', { visits, withMedia: false });
}

async function countActive(ownerUrl: string, { tenantId }: BenchClinic): Promise<number> {
  const pool = new Pool({ connectionString: ownerUrl, max: 1 });
  pool.on('error', () => undefined);
  try {
    const { rowCount } = await pool.query(`select 1 from meeting where tenant_id = $1 and status = 'active'`, [
      tenantId,
    ]);
    return rowCount ?? 0;
  } finally {
    await pool.end();
  }
}

function tableOf(fates: readonly Fate[]): string {
  const rows = fates.map(({ words, returned, active }) => {
    const cut = returned.reduce((sum, one) => sum + one.cut, 0);
    const back = returned.flatMap(({ times }) => times);
    const { p50, p99 } = spread(back);
    const share = `${((back.length / cut) * 100).toFixed(1)} % of ${cut}`;
    const seconds = [p50, p99, Math.max(...back)].map((ms) => figure(ms / 1_000));
    const meetingsLeft = Number.isNaN(active) ? '' : `${active} of ${meetings * returned.length}`;
    return [words, share, ...seconds, meetingsLeft];
  });
  return table(['at one instant', 'back', 'p50 s', 'p99 s', 'longest s', 'still active'], rows);
}
