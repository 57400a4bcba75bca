/** What a patient who waits costs the server in memory, against a bare connection. */
import { openClinic } from '../clinic.ts';
import { openBenchDatabase } from '../database.ts';
import type { Pair } from '../figures.ts';
import type { Clients } from '../load/clients.ts';
import { ask } from '../process/messages.ts';
import type { Memory, Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';
import { startClients, startMemoryFloor, startThing } from '../servers.ts';

/** So many are there before the count begins: what a server allocates once for all is not one patient's. */
const before = 1_000;
const more = 1_000;

/** Bytes for each waiting patient. */
export type MeasuredMemory = Record<keyof Memory, Pair[]>;

export async function measureMemory(rounds: number, say: (line: string) => void): Promise<MeasuredMemory> {
  await using database = await openBenchDatabase();
  await using clinic = await openClinic(database.appUrl, before + more);
  const ids = await clinic.schedule();
  await database.analyze();
  const tokens = clinic.couples.map(({ patientToken }) => patientToken);
  const measured: MeasuredMemory = { rss: [], heap: [], external: [] };
  for (let round = 1; round <= rounds; round += 1) {
    // Processes of their own each round: a heap that has grown once does not shrink to where it was.
    await using thing = await startThing(database);
    const ofThing = await growth(thing, tokens, ids);
    await using floor = await startMemoryFloor();
    const bare = tokens.map(() => null);
    const ofFloor = await growth(floor, bare, null);
    for (const kind of ['rss', 'heap', 'external'] as const) {
      measured[kind].push({ thing: ofThing[kind], floor: ofFloor[kind] });
    }
    say(`round ${round} of ${rounds}`);
  }
  return measured;
}

/** Bytes for each of the later ones. With `ids` each enters the waiting room of its meeting. */
async function growth(
  server: BenchProcess,
  tokens: readonly (string | null)[],
  ids: readonly string[] | null,
): Promise<Memory> {
  await using clients = await startClients();
  const enter = async (from: number, to: number) => {
    await ask<Clients, 'connect'>(clients.child, 'connect', { url: server.url, tokens: tokens.slice(from, to) });
    if (!ids) return;
    const calls = ids.slice(from, to).map((meetingId, index) => ({ socket: from + index, input: { meetingId } }));
    await ask<Clients, 'burst'>(clients.child, 'burst', { name: 'meeting:wait', calls, pace: { inFlight: 8 } });
  };
  await enter(0, before);
  const earlier = await ask<Probe, 'memory'>(server.child, 'memory');
  await enter(before, before + more);
  const later = await ask<Probe, 'memory'>(server.child, 'memory');
  const each = (kind: keyof Memory) => (later[kind] - earlier[kind]) / more;
  return { rss: each('rss'), heap: each('heap'), external: each('external') };
}
