/**
 * Whole consultations as fast as they go: connect, wait, start, join, end, against the same calls of both floors, one
 * transaction each. Also what a thousand of them leave on the disk.
 */
import { type BenchClinic, openClinic } from '../clinic.ts';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import { type OpenKept, openKept } from '../floor/open-kept.ts';
import type { Floor } from '../floor/server.ts';
import { ask } from '../process/messages.ts';
import type { BenchProcess } from '../process/start.ts';
import { startCrowd, startFloor, startThing } from '../servers.ts';
import { figure, table } from '../table.ts';
import { type Cost, difference, each, type Meter, openMeter } from './costs.ts';
import type { Crowd, Visit } from './crowd.ts';
import { threeCells, threeHeads } from './sides.ts';

/** Fewer for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const visitsOfRound = 600;
const visitsOfTurn = 100;
const inFlight = 32;
/** In each of the consultations that are written in to see what that leaves on the disk. */
const linesOfChat = 20;

interface Turn {
  visits: number;
  wallMs: number;
  cost: Cost;
}

interface Side {
  server: BenchProcess;
  crowd: BenchProcess;
  meter: Meter;
}

const names = ['thing', 'floor', 'kept'] as const;
type Sides = Record<(typeof names)[number], Side>;
type Turns = Record<(typeof names)[number], Turn>;

export async function reportLifecycles(say: (line: string) => void): Promise<string> {
  await using database = await openBenchDatabase();
  await using clinic = await openClinic(database.appUrl, visitsOfRound);
  await using thing = await startThing(database);
  await using floor = await startFloor(database);
  await using kept = await openKept();
  await using keptClinic = await openClinic(kept.database.appUrl, visitsOfRound);
  await using peopleOfThing = await startCrowd();
  await using peopleOfFloor = await startCrowd();
  await using peopleOfKept = await startCrowd();
  await using ofThing = await openMeter(database, [thing]);
  await using ofFloor = await openMeter(database, [floor]);
  await using ofKept = await openMeter(kept.database, [kept.server]);
  const sides: Sides = {
    thing: { server: thing, crowd: peopleOfThing, meter: ofThing },
    floor: { server: floor, crowd: peopleOfFloor, meter: ofFloor },
    kept: { server: kept.server, crowd: peopleOfKept, meter: ofKept },
  };
  const before = await ofThing.disk();
  const measured: Turns[] = [];
  let connections = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const found = await measureRound(sides, { database, clinic }, { kept, keptClinic });
    connections = Math.max(connections, await ofThing.connections());
    // The first round warms both up.
    if (round > 0) measured.push(found);
    say(round === 0 ? 'warmed up' : `round ${round} of ${rounds}: ${figure(perSecond(found.thing))} a second`);
  }
  const after = await ofThing.disk();
  const written = await chatOn(sides.thing, database, clinic);
  const visits = (rounds + 1) * visitsOfRound;
  return [
    tableOf(measured),
    tableOfDisk({ tables: (after.tables - before.tables) / visits, log: (after.log - before.log) / visits }, written),
    `Connections to PostgreSQL of one node under this load: ${connections}.`,
  ].join('\n\n');
}

async function measureRound(
  sides: Sides,
  { database, clinic }: { database: BenchDatabase; clinic: BenchClinic },
  { kept, keptClinic }: { kept: OpenKept; keptClinic: BenchClinic },
): Promise<Turns> {
  const ids = await clinic.schedule();
  await ask<Floor, 'schedule'>(sides.floor.server.child, 'schedule', ids);
  const keptIds = await kept.schedule(keptClinic);
  await database.analyze();
  await database.settled();
  const turns = { thing: [] as Turn[], floor: [] as Turn[], kept: [] as Turn[] };
  for (let from = 0; from < visitsOfRound; from += visitsOfTurn) {
    for (const index of names.keys()) {
      const name = names[(index + from / visitsOfTurn) % names.length] ?? 'thing';
      const visits = visitsAt(sides[name], clinic, name === 'kept' ? keptIds : ids).slice(from, from + visitsOfTurn);
      turns[name].push(await turnOf(sides[name], database, visits));
    }
  }
  return { thing: together(turns.thing), floor: together(turns.floor), kept: together(turns.kept) };
}

async function turnOf({ crowd, meter }: Side, database: BenchDatabase, visits: readonly Visit[]): Promise<Turn> {
  const before = await meter.read();
  const lives = { visits, pace: { inFlight }, withMedia: false };
  const { wallMs } = await ask<Crowd, 'live'>(crowd.child, 'live', lives);
  // What they leave to be done is theirs.
  await database.settled();
  return { visits: visits.length, wallMs, cost: difference(await meter.read(), before) };
}

/** Everybody at one server. */
export function visitsAt({ server }: Pick<Side, 'server'>, clinic: BenchClinic, ids: readonly string[]): Visit[] {
  return clinic.couples.map(({ doctorToken, patientToken }, index) => ({
    meetingId: ids[index] ?? '',
    doctor: { url: server.url, token: doctorToken },
    patient: { url: server.url, token: patientToken },
  }));
}

function together(turns: readonly Turn[]): Turn {
  const sum = (read: (turn: Turn) => number) => turns.reduce((all, turn) => all + read(turn), 0);
  const cost = { node: 0, media: 0, postgres: 0, redis: 0 };
  for (const part of ['node', 'media', 'postgres', 'redis'] as const) cost[part] = sum((turn) => turn.cost[part]);
  return { visits: sum(({ visits }) => visits), wallMs: sum(({ wallMs }) => wallMs), cost };
}

const perSecond = ({ visits, wallMs }: Turn): number => (visits / wallMs) * 1_000;
const perCore = ({ visits, cost }: Turn): number => (visits / cost.node) * 1_000;

function tableOf(measured: readonly Turns[]): string {
  const row = (words: string, read: (turn: Turn) => number): string[] => [
    words,
    ...threeCells(
      measured.map(({ thing, floor, kept }) => ({ thing: read(thing), floor: read(floor), kept: read(kept) })),
    ),
  ];
  const rows = [
    row(`lifecycles a second, ${inFlight} in flight`, perSecond),
    row('lifecycles a second and core of Node', perCore),
    row('Node CPU ms/lifecycle', (turn) => each(turn.cost, turn.visits).node),
    row('PostgreSQL CPU ms/lifecycle', (turn) => each(turn.cost, turn.visits).postgres),
  ];
  return table(['whole consultations', ...threeHeads], rows);
}

interface Disk {
  tables: number;
  log: number;
}

/** Bytes of a line of chat. */
async function chatOn(side: Side, database: BenchDatabase, clinic: BenchClinic): Promise<Disk> {
  const ids = await clinic.schedule();
  const visits = visitsAt(side, clinic, ids).slice(0, 100);
  await ask<Crowd, 'enter'>(side.crowd.child, 'enter', { visits, withMedia: false });
  await database.settled();
  const before = await side.meter.disk();
  await ask<Crowd, 'write'>(side.crowd.child, 'write', { lines: linesOfChat });
  await database.settled();
  const after = await side.meter.disk();
  await ask<Crowd, 'leave'>(side.crowd.child, 'leave');
  const lines = visits.length * linesOfChat;
  return { tables: (after.tables - before.tables) / lines, log: (after.log - before.log) / lines };
}

function tableOfDisk(visit: Disk, line: Disk): string {
  const kB = (bytes: number) => figure(bytes / 1_024);
  const rows = [
    ['a visit without chat', kB(visit.tables), kB(visit.log)],
    ['a line of chat', kB(line.tables), kB(line.log)],
  ];
  return table(['what stays on the disk', 'tables and indexes kB', 'written ahead kB'], rows);
}
