/** One run: meetings at a time, failures by chance, then calm, and the verdict. */
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { chance } from '../pace.ts';
import { beginFailure, type Failure, type FailureKind, type Scene } from './failures.ts';
import { countOf, type Fault, judge } from './judge.ts';
import type { ChaosOptions } from './options.ts';
import { longestApart, untilBothBack } from './probe.ts';
import { type Plan, Visit } from './visit.ts';
import { openWorld, type World } from './world.ts';

/** How often something failed, and how long the two of each meeting that was asked then were without each other. */
export interface Tally {
  times: number;
  apartMs: number[];
}

export interface Verdict {
  seed: number;
  /** Meetings that were made. */
  held: number;
  /** How they ended, or that they did not. */
  fates: Readonly<Record<string, number>>;
  failures: ReadonlyMap<FailureKind, Tally>;
  /**
   * In words; empty when every meeting is as its participants' acts imply, and no node holds a room for nobody.
   */
  faults: string[];
}

type Say = (line: string) => void;

/** What a dead node takes to be noticed, what fell silent to be given up, and a busy machine to get around to it. */
const settleMs = 75_000;
/** A node looks every ten seconds, and closes what it finds the second time. */
const roomsMs = 45_000;
/** Those who stay talk for so long at most: others come after them, and no token runs out. */
const longestTalkMs = 6 * 60_000;
const progressMs = 60_000;

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
  readonly #held = new Set<Visit>();
  readonly #lanes: Promise<void>[];
  readonly #failures = new Map<FailureKind, Tally>();
  readonly #pending: Promise<unknown>[] = [];
  readonly #unmended = new Set<string>();
  readonly #bell = new AbortController();
  readonly #stop = new AbortController();
  readonly #stopped: Promise<void>;
  /** By their first line: what is found again is one. */
  readonly #faults = new Map<string, string>();
  readonly #began = performance.now();

  constructor(options: ChaosOptions, world: World, say: Say) {
    this.#options = options;
    this.#world = world;
    this.#say = say;
    // Everybody hears both.
    setMaxListeners(0, this.#bell.signal, this.#stop.signal);
    this.#stopped = new Promise((resolve) => this.#stop.signal.addEventListener('abort', () => resolve()));
    const random = chance(options.seed);
    this.#lanes = Array.from({ length: options.meetings }, (_, index) => this.#lane(index, chance(random() * 2 ** 31)));
    // Whoever waits for them looks at them then.
    for (const lane of this.#lanes) lane.catch(() => undefined);
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
    const progress = setInterval(() => this.#tellProgress(), progressMs);
    await pause(Math.min(everySeconds, 5) * 1_000);
    while (performance.now() < end) {
      const since = performance.now();
      const failure = beginFailure(scene);
      this.#tell(failure.words);
      this.#watch(failure, since);
      await pause(Math.max(0, since + everySeconds * 1_000 - performance.now()));
    }
    clearInterval(progress);
  }

  /** Lets everything be as it should, and says what is not. */
  async settle(): Promise<Verdict> {
    this.#bell.abort();
    this.#tell('no more failures');
    const windowMs = this.#options.departures ? this.#options.windowSeconds * 1_000 : 0;
    const all = Promise.allSettled([...this.#lanes, ...this.#pending]);
    if (!(await this.#within(windowMs + settleMs, all))) this.#findUnfinished();
    const stays = this.#visits.filter(({ isInTalk, isOver }) => isInTalk && !isOver);
    const since = performance.now();
    const both = Promise.all(stays.map((visit) => untilBothBack(visit, since, this.#stop.signal)));
    const back = await this.#within(settleMs, both);
    for (const [index, visit] of stays.entries())
      if (back?.[index] === undefined) this.#find({ visit, what: 'does not bring its two together again' });
    await this.#judge();
    await this.#rooms(stays.length);
    this.#tell(`${stays.length} meetings go on, and are ended`);
    const ends = Promise.allSettled(stays.map((visit) => visit.end()));
    if (!(await this.#within(settleMs, ends))) this.#findFault('not every meeting could be ended');
    await this.#world.database.settled().catch((error: unknown) => this.#findFault(String(error)));
    await this.#judge();
    await this.#rooms(0);
    await Promise.all(this.#visits.map((visit) => visit.close()));
    if (this.#faults.size > 0) this.#tell(`what the nodes printed is in ${this.#world.keepLogs()}`);
    return this.#verdict();
  }

  /** Undefined when it takes longer: then nobody tries any more. */
  async #within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
    const timer = setTimeout(() => this.#stop.abort(), ms);
    const done = await Promise.race([work, this.#stopped]);
    clearTimeout(timer);
    return done ?? undefined;
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
      const talkMs = random() * (plan === 'stays' ? longestTalkMs : 40_000) + 5_000;
      const signals = { bell: this.#bell.signal, stop: this.#stop.signal };
      const visit = new Visit({ world: this.#world, clinic, couple, plan, random, talkMs, ...signals });
      this.#visits.push(visit);
      this.#held.add(visit);
      await visit.hold();
      this.#held.delete(visit);
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

  #watch({ kind, words, touched, done }: Failure, since: number): void {
    const tally = this.#failures.get(kind) ?? { times: 0, apartMs: [] };
    this.#failures.set(kind, tally);
    tally.times += 1;
    this.#unmended.add(words);
    const mended = done
      .catch((error: unknown) => this.#tell(`could not be done: ${words}: ${String(error)}`))
      .finally(() => this.#unmended.delete(words));
    const both = touched.map(async (visit) => {
      const ms = await longestApart(visit, { since, done: mended }, this.#stop.signal);
      if (ms !== undefined) tally.apartMs.push(ms);
    });
    this.#pending.push(mended, ...both);
  }

  #findUnfinished(): void {
    for (const visit of this.#held) this.#find({ visit, what: 'was not over in time' });
    for (const words of this.#unmended) this.#findFault(`was not mended in time: ${words}`);
    if (this.#faults.size === 0) this.#findFault('not everything was over in time');
  }

  async #judge(): Promise<void> {
    for (const fault of await judge(this.#world, this.#visits)) this.#find(fault);
    const made = this.#visits.filter(({ id }) => id !== '').length;
    const count = await countOf(this.#world);
    if (count !== made) this.#findFault(`there are ${count} meetings, and ${made} were made`);
  }

  #find({ visit, what }: Fault): void {
    this.#findFault(`meeting ${visit.id} (${visit.plan}) ${what}`, visit.log);
  }

  #findFault(what: string, log: readonly string[] = []): void {
    if (this.#faults.has(what)) return;
    this.#faults.set(what, [what, ...log].join('\n  '));
    this.#tell(what);
  }

  /** Over all nodes: a room that two hold, or one that nobody closes, is one too many. */
  async #rooms(expected: number): Promise<void> {
    const { nodes } = this.#world;
    const end = performance.now() + roomsMs;
    for (;;) {
      const open = await Promise.all(nodes.map((node) => node.gauge('housecall_rooms')));
      const sum = open.reduce<number>((total, rooms) => total + (rooms ?? Number.NaN), 0);
      if (sum === expected) return;
      if (performance.now() > end) {
        this.#findFault(`the nodes hold ${open.map(String).join(' + ')} rooms for ${expected} meetings`);
        return;
      }
      await pause(250);
    }
  }

  async #verdict(): Promise<Verdict> {
    const rows = await this.#world.sql<{ fate: string; count: number }>(
      'select coalesce(end_reason::text, status::text) as fate, count(*)::int as count from meeting group by 1 order by 2 desc',
    );
    const fates = Object.fromEntries(rows.map(({ fate, count }) => [fate, count]));
    const held = rows.reduce((sum, { count }) => sum + count, 0);
    return { seed: this.#options.seed, held, fates, failures: this.#failures, faults: [...this.#faults.values()] };
  }

  #tellProgress(): void {
    const talks = this.#visits.filter(({ isInTalk, isOver }) => isInTalk && !isOver).length;
    const mebibytes = Math.round(process.memoryUsage().rss / 2 ** 20);
    this.#tell(`${this.#visits.length} meetings so far, ${talks} in talk; this process holds ${mebibytes} MiB`);
  }

  #tell(what: string): void {
    this.#say(`${((performance.now() - this.#began) / 1_000).toFixed(1).padStart(6)} s: ${what}`);
  }
}
