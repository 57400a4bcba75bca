/** Thousands of random and mutated calls at a live server, from people in every state that a socket can be in. */
import { describe, expect, it } from '@jest/globals';
import { calls } from '../../signaling/protocol/index.ts';
import { carriedOutBySetUp, newTally, playRound } from '../support/fuzz/call-round.ts';
import { fuzzSeed } from '../support/fuzz/seed.ts';
import { startTarget } from '../support/fuzz/target.ts';
import { volume } from '../support/volume.ts';

const shotsEach = 250;
const mayGrow = 6 * 2 ** 20;
const codes = ['FORBIDDEN', 'MEETING_NOT_FOUND', 'NOT_ASSIGNED', 'NOT_JOINED', 'INVALID_CALL', 'UNAUTHENTICATED'];
const seed = fuzzSeed();

// Caches, pools and compiled code have their size after the warm-up.
describe.each([
  { engine: 'auto', rounds: volume(9, 18), warmUp: volume(4, 6) },
  { engine: 'p2p', rounds: 6, warmUp: 2 },
])('random and mutated calls, media engine $engine', ({ engine, rounds, warmUp }) => {
  it(`are answered, ${rounds * shotsEach} of them; they repeat nothing, break nothing and leave nothing behind`, async () => {
    await using target = await startTarget({ MEDIA_ENGINE: engine });
    const tally = newTally();
    let warm = Number.NaN;
    for (let round = 0; round < rounds; round += 1) {
      await playRound(target, { seed: seed + round * 100, shots: shotsEach }, tally);
      if (round + 1 === warmUp) warm = (await target.settled()).heapUsed;
    }
    const faults = [...tally.faults, ...(await target.faults())];
    expect({ seed, faults: faults.slice(0, 6) }).toEqual({ seed, faults: [] });
    expect(tally.fired).toBeGreaterThanOrEqual(rounds * shotsEach);

    // It went through every door: each call was carried out, and each refusal that the states can give was heard.
    const left = Object.keys(calls).filter((name) => !carriedOutBySetUp.includes(name));
    const never = left.filter((name) => !tally.carriedOut.has(name));
    const ofTheOther = (name: string) =>
      target.isSfu ? name === 'signal:send' : /^media:(?!set-sending|report$|prepare$)/.test(name);
    expect({ seed, never }).toEqual({ seed, never: left.filter(ofTheOther) });
    const unheard = codes.filter((code) => !tally.codes.has(code));
    expect({ seed, unheard }).toEqual({ seed, unheard: [] });

    const { heapUsed, sockets, sessions, rooms } = await target.settled();
    expect({ sockets, sessions, rooms }).toEqual({ sockets: 0, sessions: 0, rooms: 0 });
    expect(heapUsed - warm).toBeLessThan(mayGrow);
  }, 180_000);
});
