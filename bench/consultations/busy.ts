/**
 * Starts and joins while 500 consultations go on, whose people report of their connections every five seconds and write twice a
 * minute; against both floors with as many connections that say the same. And what those who talk cost by themselves.
 */
import { openClinic } from '../clinic.ts';
import { openBenchDatabase } from '../database.ts';
import { openKept } from '../floor/open-kept.ts';
import type { Floor } from '../floor/server.ts';
import type { Clients } from '../load/clients.ts';
import { callNames, couplesFor, type Found, measureRound, paced, type Side } from '../load/round.ts';
import { ask } from '../process/messages.ts';
import type { BenchProcess } from '../process/start.ts';
import { startClients, startCrowd, startFloor, startThing } from '../servers.ts';
import { figure, table } from '../table.ts';
import { type Cost, difference, each, openMeter } from './costs.ts';
import type { Crowd, Visit } from './crowd.ts';
import { spreadOver } from './nodes.ts';
import { type Three, threeCells, threeHeads } from './sides.ts';

/** Fewer for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 4);
const standing = 500;
const listenedSeconds = 20;

export async function reportBusy(say: (line: string) => void): Promise<string> {
  await using database = await openBenchDatabase();
  await using clinic = await openClinic(database.appUrl, couplesFor(paced));
  await using others = await openClinic(database.appUrl, standing);
  await using thing = await startThing(database);
  await using floor = await startFloor(database);
  await using kept = await openKept();
  await using keptClinic = await openClinic(kept.database.appUrl, couplesFor(paced));
  await using keptOthers = await openClinic(kept.database.appUrl, standing);
  await using meter = await openMeter(database, [thing]);
  await using ofThing = await openSide(thing);
  await using ofFloor = await openSide(floor);
  await using ofKept = await openSide(kept.server);
  const tokens = clinic.couples.flatMap(({ doctorToken, patientToken }) => [doctorToken, patientToken]);
  const ids = await others.schedule();
  await ask<Floor, 'schedule'>(floor.child, 'schedule', ids);
  await ofThing.settle(spreadOver([thing], others, ids), tokens);
  await ofFloor.settle(spreadOver([floor], others, ids), tokens);
  await ofKept.settle(spreadOver([kept.server], keptOthers, await kept.schedule(keptOthers)), tokens);
  await database.analyze();
  await ask<Crowd, 'talk'>(ofThing.crowd.child, 'talk');
  const talk = await listen(meter);
  for (const { crowd } of [ofFloor, ofKept]) await ask<Crowd, 'talk'>(crowd.child, 'talk');
  say(`${standing} consultations go on`);
  const measured: Found[][] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const keptIds = await kept.schedule(keptClinic);
    const sides = { thing: ofThing, floor: ofFloor, kept: { ...ofKept, ids: keptIds } };
    const found = await measureRound(sides, database, await clinic.schedule(), paced);
    // The first round warms them up.
    if (round > 0) measured.push(found);
    say(round === 0 ? 'warmed up' : `round ${round} of ${rounds}`);
  }
  for (const { crowd } of [ofThing, ofFloor, ofKept]) {
    const { calls, failed } = await ask<Crowd, 'hush'>(crowd.child, 'hush');
    if (failed > 0) throw new Error(`${failed} of ${calls} calls of those who talked failed.`);
  }
  return [tableOf(measured), tableOfTalk(talk)].join('\n\n');
}

interface BusySide extends Side, AsyncDisposable {
  crowd: BenchProcess;
  /** Lets the consultations begin that go on, and those connect who will start and join. */
  settle(visits: readonly Visit[], tokens: readonly string[]): Promise<void>;
}

async function openSide(server: BenchProcess): Promise<BusySide> {
  const [clients, crowd] = [await startClients(), await startCrowd()];
  return {
    server,
    clients,
    crowd,
    async settle(visits, tokens) {
      await ask<Crowd, 'enter'>(crowd.child, 'enter', { visits, withMedia: false });
      await ask<Clients, 'connect'>(clients.child, 'connect', { url: server.url, tokens: [...tokens] });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([clients[Symbol.asyncDispose](), crowd[Symbol.asyncDispose]()]);
    },
  };
}

/** Of all who talk, in a second. */
async function listen(meter: { read(): Promise<Cost> }): Promise<Cost> {
  const before = await meter.read();
  await new Promise((resolve) => setTimeout(resolve, listenedSeconds * 1_000));
  return each(difference(await meter.read(), before), listenedSeconds);
}

function tableOf(measured: readonly Found[][]): string {
  const metrics = ['p50', 'p95', 'p99', 'cpuMsPerCall'] as const;
  const words = { p50: 'p50 ms', p95: 'p95 ms', p99: 'p99 ms', cpuMsPerCall: 'CPU ms/call, talk included' };
  const rows = callNames.flatMap((name, index) =>
    metrics.map((metric) => {
      const three = measured.map((round): Three => {
        const { thing, floor, kept } = round[index] ?? {};
        if (!thing || !floor || !kept) throw new Error('A call is missing.');
        return { thing: thing[metric], floor: floor[metric], kept: kept[metric] };
      });
      return [`\`${name}\``, words[metric], ...threeCells(three)];
    }),
  );
  return table([`40 a second beside ${standing} consultations`, 'figure', ...threeHeads], rows);
}

function tableOfTalk(talk: Cost): string {
  const { node, media, postgres } = each(talk, standing);
  const row = ['CPU ms/s', figure(node), figure(media), figure(postgres)];
  return table(['a consultation that goes on', 'Node', 'media workers, no packets', 'PostgreSQL'], [row]);
}
