/**
 * Starts and joins while 500 consultations go on, whose people report of their connections every five seconds and write twice a
 * minute; against the floor with as many connections that say the same. And what those who talk cost by themselves.
 */
import { openClinic } from '../clinic.ts';
import { openBenchDatabase } from '../database.ts';
import { compare, type Pair } from '../figures.ts';
import type { Floor } from '../floor/server.ts';
import type { Clients } from '../load/clients.ts';
import { callNames, couplesFor, type Figures, measureRound, paced } from '../load/round.ts';
import { ask } from '../process/messages.ts';
import type { BenchProcess } from '../process/start.ts';
import { startClients, startCrowd, startFloor, startThing } from '../servers.ts';
import { figure, ratio, table } from '../table.ts';
import { type Cost, difference, each, openMeter } from './costs.ts';
import type { Crowd } from './crowd.ts';
import { spreadOver } from './nodes.ts';

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
  await using meter = await openMeter(database, [thing]);
  await using thingClients = await startClients();
  await using floorClients = await startClients();
  await using thingCrowd = await startCrowd();
  await using floorCrowd = await startCrowd();
  const sides = { thing: { server: thing, clients: thingClients }, floor: { server: floor, clients: floorClients } };
  const tokens = clinic.couples.flatMap(({ doctorToken, patientToken }) => [doctorToken, patientToken]);
  const ids = await others.schedule();
  await ask<Floor, 'schedule'>(floor.child, 'schedule', ids);
  const settle = async (crowd: BenchProcess, server: BenchProcess) => {
    await ask<Crowd, 'enter'>(crowd.child, 'enter', { visits: spreadOver([server], others, ids), withMedia: false });
    const { clients } = server === thing ? sides.thing : sides.floor;
    await ask<Clients, 'connect'>(clients.child, 'connect', { url: server.url, tokens });
  };
  await settle(thingCrowd, thing);
  await settle(floorCrowd, floor);
  await database.analyze();
  await ask<Crowd, 'talk'>(thingCrowd.child, 'talk');
  const talk = await listen(meter);
  await ask<Crowd, 'talk'>(floorCrowd.child, 'talk');
  say(`${standing} consultations go on`);
  const measured: { thing: Figures; floor: Figures }[][] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const found = await measureRound(sides, database, await clinic.schedule(), paced);
    // The first round warms both up.
    if (round > 0) measured.push(found);
    say(round === 0 ? 'warmed up' : `round ${round} of ${rounds}`);
  }
  for (const crowd of [thingCrowd, floorCrowd]) {
    const { calls, failed } = await ask<Crowd, 'hush'>(crowd.child, 'hush');
    if (failed > 0) throw new Error(`${failed} of ${calls} calls of those who talked failed.`);
  }
  return [tableOf(measured), tableOfTalk(talk)].join('\n\n');
}

/** Of all who talk, in a second. */
async function listen(meter: { read(): Promise<Cost> }): Promise<Cost> {
  const before = await meter.read();
  await new Promise((resolve) => setTimeout(resolve, listenedSeconds * 1_000));
  return each(difference(await meter.read(), before), listenedSeconds);
}

function tableOf(measured: readonly { thing: Figures; floor: Figures }[][]): string {
  const metrics = ['p50', 'p95', 'p99', 'cpuMsPerCall'] as const;
  const words = { p50: 'p50 ms', p95: 'p95 ms', p99: 'p99 ms', cpuMsPerCall: 'CPU ms/call, talk included' };
  const rows = callNames.flatMap((name, index) =>
    metrics.map((metric) => {
      const pairs = measured.map((round): Pair => {
        const found = round[index];
        if (!found) throw new Error('A call is missing.');
        return { thing: found.thing[metric], floor: found.floor[metric] };
      });
      const compared = compare(pairs);
      const ratios = pairs.map(({ thing, floor }) => thing / floor);
      const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
      return [
        `\`${name}\``,
        words[metric],
        figure(compared.thing),
        figure(compared.floor),
        ratio(compared.ratio),
        range,
      ];
    }),
  );
  const head = [
    `40 a second beside ${standing} consultations`,
    'figure',
    'Housecall',
    'floor',
    'ratio',
    'over the rounds',
  ];
  return table(head, rows);
}

function tableOfTalk(talk: Cost): string {
  const { node, media, postgres } = each(talk, standing);
  const row = ['CPU ms/s', figure(node), figure(media), figure(postgres)];
  return table(['a consultation that goes on', 'Node', 'media workers, no packets', 'PostgreSQL'], [row]);
}
