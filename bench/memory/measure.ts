/** What the server holds for a patient who waits, and for a consultation that goes on, against their floors. */
import { openClinic } from '../clinic.ts';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import type { Pair } from '../figures.ts';
import type { Clients } from '../load/clients.ts';
import { ask } from '../process/messages.ts';
import type { Memory, Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';
import { startClients, startMediaFloor, startMemoryFloor, startThing } from '../servers.ts';

/** Bytes for each. */
export type MeasuredMemory = Record<keyof Memory, Pair[]>;

interface Kind {
  /** So many are there before the count begins: what a server allocates once for all is nobody's. */
  before: number;
  more: number;
  floor: () => Promise<BenchProcess>;
  /** Nothing is asked of the floor when it serves no meetings. */
  calls: readonly string[];
  isFloorSilent: boolean;
}

/** The 1,001st to 2,000th patient in the waiting room, against as many bare connections. */
const waiting: Kind = {
  before: 1_000,
  more: 1_000,
  floor: startMemoryFloor,
  calls: ['meeting:wait'],
  isFloorSilent: true,
};
/** The 201st to 400th consultation with both in it, media rooms and all, against a minimal mediasoup server's. */
const consulting: Kind = {
  before: 200,
  more: 200,
  floor: startMediaFloor,
  calls: ['meeting:start', 'meeting:join'],
  isFloorSilent: false,
};

export async function measureMemory(rounds: number, say: (line: string) => void) {
  await using database = await openBenchDatabase();
  return {
    waiting: await measure(waiting, database, rounds, say),
    consulting: await measure(consulting, database, rounds, say),
  };
}

async function measure(kind: Kind, database: BenchDatabase, rounds: number, say: (line: string) => void) {
  await using clinic = await openClinic(database.appUrl, kind.before + kind.more);
  await database.analyze();
  const measured: MeasuredMemory = { rss: [], heap: [], external: [] };
  const tokens = clinic.couples.map(({ doctorToken, patientToken }) =>
    kind.calls.map((call) => (call === 'meeting:start' ? doctorToken : patientToken)),
  );
  for (let round = 1; round <= rounds; round += 1) {
    const ids = await clinic.schedule();
    // Processes of their own each round: a heap that has grown once does not shrink to where it was.
    await using thing = await startThing(database);
    const ofThing = await growth(thing, kind, tokens, ids);
    await using floor = await kind.floor();
    const ofFloor = await growth(floor, kind, kind.isFloorSilent ? tokens.map(() => [null]) : tokens, ids);
    for (const what of ['rss', 'heap', 'external'] as const) {
      measured[what].push({ thing: ofThing[what], floor: ofFloor[what] });
    }
    say(`${kind.calls.join(' and ')}: round ${round} of ${rounds}`);
  }
  return measured;
}

/** Bytes for each of the later ones: of each meeting its people connect and make their calls, one after the other. */
async function growth(
  server: BenchProcess,
  { before, more, calls }: Kind,
  tokens: readonly (readonly (string | null)[])[],
  ids: readonly string[],
): Promise<Memory> {
  await using clients = await startClients();
  const enter = async (from: number, to: number) => {
    const url = server.url;
    await ask<Clients, 'connect'>(clients.child, 'connect', { url, tokens: tokens.slice(from, to).flat() });
    if (tokens[0]?.[0] === null) return;
    for (const [seat, name] of calls.entries()) {
      const asked = ids.slice(from, to).map((meetingId, index) => ({
        socket: (from + index) * calls.length + seat,
        input: { meetingId },
      }));
      await ask<Clients, 'burst'>(clients.child, 'burst', { name, calls: asked, pace: { inFlight: 8 } });
    }
  };
  await enter(0, before);
  const earlier = await ask<Probe, 'memory'>(server.child, 'memory');
  await enter(before, before + more);
  const later = await ask<Probe, 'memory'>(server.child, 'memory');
  const each = (kind: keyof Memory) => (later[kind] - earlier[kind]) / more;
  return { rss: each('rss'), heap: each('heap'), external: each('external') };
}
