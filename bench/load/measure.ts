/** `meeting:start` and `meeting:join` against their floor: latency with few calls in flight, then throughput. */
import { openClinic } from '../clinic.ts';
import { openBenchDatabase } from '../database.ts';
import { ask } from '../process/messages.ts';
import { startClients, startFloor, startThing } from '../servers.ts';
import type { Clients } from './clients.ts';
import { callNames, couplesFor, type Figures, type Load, measureRound, paced, unpaced } from './round.ts';

export interface MeasuredCall {
  call: (typeof callNames)[number];
  /** In words. */
  load: string;
  /** The calls begin when the bench says so, not when the server has answered. */
  isPaced: boolean;
  rounds: { thing: Figures; floor: Figures }[];
}

const couples = Math.max(couplesFor(paced), couplesFor(unpaced));

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
  const measured: MeasuredCall[] = [];
  for (const loads of [paced, unpaced]) {
    const round = async () => {
      const ids = await clinic.schedule();
      return measureRound(sides, database, ids.slice(0, couplesFor(loads)), loads);
    };
    measured.push(...(await repeat(loads, rounds, round, say)));
  }
  return measured;
}

/** The first round warms both up and is not counted. */
async function repeat(
  loads: readonly Load[],
  rounds: number,
  measure: () => Promise<{ thing: Figures; floor: Figures }[]>,
  say: (line: string) => void,
): Promise<MeasuredCall[]> {
  const measured = loads.flatMap(({ words, pace }) =>
    callNames.map((call): MeasuredCall => ({ call, load: words, isPaced: 'perSecond' in pace, rounds: [] })),
  );
  for (let round = 0; round <= rounds; round += 1) {
    const found = await measure();
    if (round > 0) for (const [index, figures] of found.entries()) measured[index]?.rounds.push(figures);
    say(round === 0 ? 'warmed up' : `round ${round} of ${rounds}`);
  }
  return measured;
}
