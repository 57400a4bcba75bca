/** One run: meetings at a time, failures by chance, then calm, and the verdict. */
import { setTimeout as pause } from 'node:timers/promises';
import { chance } from '../pace.ts';
import { beginFailure, type Failure, type FailureKind, type Scene } from './failures.ts';
import { countOf, type Fault, judge } from './judge.ts';
import type { ChaosOptions } from './options.ts';
import { untilBothBack } from './probe.ts';
import { type Plan, Visit } from './visit.ts';
import { openWorld, type World } from './world.ts';

export interface Verdict {
  seed: number;
  /** Meetings that were made. */
  held: number;
  /** How they ended, or that they did not. */
  fates: Readonly<Record<string, number>>;
  failures: Readonly<Partial<Record<FailureKind, { times: number; backMs: number[] }>>>;
  /** In words; empty when every meeting is as its participants' acts imply. */
  faults: string[];
  /** Rooms that a node still held for nobody, in words: memory, and no meeting's fate. */
  leftovers: string[];
}

type Say = (line: string) => void;

/** What a dead node takes to be noticed, and a busy machine to get around to it. */
const settleMs = 45_000;
/** Access tokens last for half an hour. */
const longestTalkMs = 15 * 60_000;

export async function runChaos(options: ChaosOptions, say: Say): Promise<Verdict> {
  say(`seed ${options.seed}`);
  await using world = await openWorld(options, say);
  const run = new Run(options, world, say);
  await run.fail();
  // Before the world is closed.
  return await run.settle();
}

class Run {
  readonly #options: ChaosOptions;
  readonly #world: World;
  readonly #say: Say;
  readonly #visits: Visit[] = [];
  readonly #lanes: Promise<void>[];
  readonly #failures = new Map<FailureKind, { times: number; backMs: number[] }>();
  readonly #pending: Promise<unknown>[] = [];
  readonly #bell = new AbortController();
  readonly #stop = new AbortController();
  readonly #leftovers: string[] = [];
  readonly #began = performance.now();

  constructor(options: ChaosOptions, world: World, say: Say) {
    this.#options = options;
    this.#world = world;
    this.#say = say;
    const random = chance(options.seed);
    this.#lanes = Array.from({ length: options.meetings }, (_, index) => this.#lane(index, chance(random() * 2 ** 31)));
  }

  /** Begins one failure after the other until the time is over. */
  async fail(): Promise<void> {
    const { seed, seconds, everySeconds } = this.#options;
    const scene: Scene = {
      options: this.#options,
      world: this.#world,
      random: chance(seed + 1),
      talks: () => this.#visits.filter(({ isInTalk, isOver }) => isInTalk && !isOver),
    };
    const end = this.#began + seconds * 1_000;
    await pause(Math.min(everySeconds, 5) * 1_000);
    while (performance.now() < end) {
      const since = performance.now();
      const failure = beginFailure(scene);
      this.#tell(failure.words);
      this.#watch(failure, since);
      await pause(Math.max(0, since + everySeconds * 1_000 - performance.now()));
    }
  }

  /** Lets everything be as it should, and says what is not. */
  async settle(): Promise<Verdict> {
    this.#bell.abort();
    this.#tell('no more failures');
    const limitMs = settleMs + (this.#options.departures ? this.#options.windowSeconds * 1_000 : 0);
    const timer = setTimeout(() => this.#stop.abort(), limitMs);
    await Promise.allSettled([...this.#lanes, ...this.#pending]);
    const stays = this.#visits.filter(({ isInTalk }) => isInTalk);
    const back = await Promise.all(stays.map((visit) => untilBothBack(visit, performance.now(), this.#stop.signal)));
    const apart = stays.filter((_, index) => back[index] === undefined);
    const faults = await this.#faults(apart);
    await this.#rooms(stays.length);
    this.#tell(`${stays.length} meetings go on, and are ended`);
    await Promise.allSettled(stays.map((visit) => visit.end()));
    await this.#world.database.settled().catch((error: unknown) => faults.push(String(error)));
    faults.push(...(await this.#faults([])).filter((fault) => !faults.includes(fault)));
    await this.#rooms(0);
    clearTimeout(timer);
    await Promise.all(this.#visits.map((visit) => visit.close()));
    if (faults.length + this.#leftovers.length > 0)
      this.#tell(`what the nodes printed is in ${this.#world.keepLogs()}`);
    return this.#verdict(faults);
  }

  async #lane(index: number, random: () => number): Promise<void> {
    const { meetings, seconds } = this.#options;
    const { clinics } = this.#world;
    const clinic = clinics[index % clinics.length];
    const couple = clinic?.couples[Math.floor(index / clinics.length)];
    if (!clinic || !couple) throw new Error('There is nobody for this lane.');
    // Spread, as a day's visits are.
    await pause(random() * Math.min(meetings * 100, seconds * 250));
    while (!this.#bell.signal.aborted) {
      const plan = this.#plan(random());
      const talkMs = plan === 'stays' ? longestTalkMs : 5_000 + random() * 40_000;
      const signals = { bell: this.#bell.signal, stop: this.#stop.signal };
      const visit = new Visit({ world: this.#world, clinic, couple, plan, random, talkMs, ...signals });
      this.#visits.push(visit);
      await visit.hold();
      if (visit.isInTalk) return;
      await visit.close();
    }
  }

  #plan(chance: number): Plan {
    const some: readonly Plan[] = [
      'doctor leaves',
      'doctor vanishes',
      'patient leaves',
      'patient vanishes',
      'both vanish',
    ];
    if (chance < 0.2) return 'stays';
    if (chance < 0.27) return 'staff ends';
    if (chance < 0.32) return 'is cancelled';
    if (this.#options.departures && chance < 0.47) return some[Math.floor((chance - 0.32) / 0.03)] ?? 'both vanish';
    return 'doctor ends';
  }

  #watch({ kind, touched, done }: Failure, since: number): void {
    const tally = this.#failures.get(kind) ?? { times: 0, backMs: [] };
    this.#failures.set(kind, tally);
    tally.times += 1;
    const both = touched.map(async (visit) => {
      const ms = await untilBothBack(visit, since, this.#stop.signal);
      if (ms !== undefined) tally.backMs.push(ms);
    });
    this.#pending.push(
      done.catch((error: unknown) => this.#tell(`could not be done: ${String(error)}`)),
      ...both,
    );
  }

  async #faults(apart: readonly Visit[]): Promise<string[]> {
    const unfinished = this.#stop.signal.aborted ? ['not everything was over in time'] : [];
    const found: Fault[] = [
      ...apart.map((visit) => ({ visit, what: 'does not bring its two together again' })),
      ...(await judge(this.#world, this.#visits)),
    ];
    const made = this.#visits.filter(({ id }) => id !== '').length;
    const count = await countOf(this.#world);
    const extra = count === made ? [] : [`there are ${count} meetings, and ${made} were made`];
    const told = found.map(
      ({ visit, what }) => `meeting ${visit.id} (${visit.plan}) ${what}\n  ${visit.log.join('\n  ')}`,
    );
    return [...unfinished, ...extra, ...told];
  }

  /** Over all nodes: a room that two hold, or one that nobody closes, is one too many. */
  async #rooms(expected: number): Promise<void> {
    const { nodes } = this.#world;
    const end = performance.now() + 30_000;
    for (;;) {
      const open = await Promise.all(nodes.map((node) => node.gauge('housecall_rooms')));
      const sum = open.reduce<number>((total, rooms) => total + (rooms ?? Number.NaN), 0);
      if (sum === expected) return;
      if (performance.now() > end) {
        this.#leftovers.push(`the nodes hold ${open.map(String).join(' + ')} rooms for ${expected} meetings`);
        return;
      }
      await pause(250);
    }
  }

  async #verdict(faults: string[]): Promise<Verdict> {
    const rows = await this.#world.sql<{ fate: string; count: number }>(
      'select coalesce(end_reason::text, status::text) as fate, count(*)::int as count from meeting group by 1 order by 2 desc',
    );
    const fates = Object.fromEntries(rows.map(({ fate, count }) => [fate, count]));
    const held = rows.reduce((sum, { count }) => sum + count, 0);
    return {
      seed: this.#options.seed,
      held,
      fates,
      failures: Object.fromEntries(this.#failures),
      faults,
      leftovers: this.#leftovers,
    };
  }

  #tell(what: string): void {
    this.#say(`${((performance.now() - this.#began) / 1_000).toFixed(1).padStart(6)} s: ${what}`);
  }
}
