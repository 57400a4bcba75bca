/** `meeting:start` and `meeting:join` against their floor: latency with few calls in flight, then throughput. */
import { openClinic } from '../clinic.ts';
import { openBenchDatabase } from '../database.ts';
import { ask } from '../process/messages.ts';
import { startClients, startFloor, startThing } from '../servers.ts';
import type { Clients } from './clients.ts';
import { callNames, type Figures, loads, measureRound } from './round.ts';

export interface MeasuredCall {
  call: (typeof callNames)[number];
  /** In words. */
  load: string;
  /** The calls begin when the bench says so, not when the server has answered. */
  isPaced: boolean;
  rounds: { thing: Figures; floor: Figures }[];
}

// One couple more than the loads need shows what the thing answers.
const couples = loads.reduce((sum, { calls }) => sum + calls, 1);

/** The first round warms both up and is not counted. */
export async function measureCalls(rounds: number, say: (line: string) => void): Promise<MeasuredCall[]> {
  await using database = await openBenchDatabase();
  await using clinic = await openClinic(database.appUrl, couples);
  await using thing = await startThing(database);
  await using floor = await startFloor(database);
  await using peopleOfThing = await startClients();
  await using peopleOfFloor = await startClients();
  const sides = {
    thing: { server: thing, clients: peopleOfThing },
    floor: { server: floor, clients: peopleOfFloor },
  };
  const tokens = clinic.couples.flatMap(({ doctorToken, patientToken }) => [doctorToken, patientToken]);
  for (const { server, clients } of Object.values(sides)) {
    await ask<Clients, 'connect'>(clients.child, 'connect', { url: server.url, tokens });
  }
  const measured = loads.flatMap(({ words, pace }) =>
    callNames.map((call): MeasuredCall => ({ call, load: words, isPaced: 'perSecond' in pace, rounds: [] })),
  );
  for (let round = 0; round <= rounds; round += 1) {
    const found = await measureRound(sides, database, await clinic.schedule());
    if (round > 0) for (const [index, figures] of found.entries()) measured[index]?.rounds.push(figures);
    say(round === 0 ? 'warmed up' : `round ${round} of ${rounds}`);
  }
  return measured;
}
