/** What goes wrong, by chance: each failure mends itself before it is over. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ChaosNode } from './node.ts';
import type { ChaosOptions } from './options.ts';
import type { Visit } from './visit.ts';
import type { World } from './world.ts';

export interface Scene {
  options: ChaosOptions;
  world: World;
  /** From 0 to 1. */
  random: () => number;
  /** Meetings in which both talk now. */
  talks(): Visit[];
}

export interface Failure {
  kind: FailureKind;
  words: string;
  /** Which meetings feel it; chosen when it begins. */
  touched: readonly Visit[];
  /** Resolves when nothing is broken by it any more. */
  done: Promise<void>;
}

/** Undefined when there is nobody and nothing to do it to now. */
type Begin = (scene: Scene) => Omit<Failure, 'kind'> | undefined;

const kinds = {
  'node killed': (scene) =>
    ofNode(scene, (node) => {
      const ms = secondsOf(scene, 3);
      return [`killed, and started again ${inSeconds(ms)} later`, () => restart(node, 'SIGKILL', ms)];
    }),
  'node told to stop': (scene) =>
    ofNode(scene, (node) => ['told to stop, and started again', () => restart(node, 'SIGTERM', 0)]),
  'node frozen': (scene) =>
    ofNode(scene, (node) => {
      const ms = secondsOf(scene);
      return [
        `frozen for ${inSeconds(ms)}`,
        async () => {
          node.freeze();
          await pause(ms);
          node.thaw();
        },
      ];
    }),
  'node cut off from Redis': (scene) => cutOff(scene, 'redis', 'cut'),
  'node cut off from PostgreSQL': (scene) => cutOff(scene, 'database', 'cut'),
  'silence between node and Redis': (scene) => cutOff(scene, 'redis', 'silence'),
  'silence between node and PostgreSQL': (scene) => cutOff(scene, 'database', 'silence'),
  'Redis restarted empty': (scene) => {
    const ms = secondsOf(scene, 5);
    const { redis } = scene.world;
    const done = async () => {
      await redis.stop();
      await pause(ms);
      await redis.start();
    };
    return {
      words: `Redis is killed, and started again empty ${inSeconds(ms)} later`,
      touched: some(scene),
      done: done(),
    };
  },
  'PostgreSQL restarted': (scene) => {
    const touched = some(scene);
    return { words: 'PostgreSQL is killed, and recovers', touched, done: scene.world.database.crash() };
  },
  'media worker killed': (scene) =>
    ofNode(scene, (node) => ['loses a media worker', async () => void (await node.killWorker())], 1),
  'all nodes restarted in turn': (scene) => {
    const { nodes } = scene.world;
    if (nodes.some(({ isWhole }) => !isWhole)) return undefined;
    const done = async () => {
      for (const node of nodes) {
        // Nobody stops a node while another one is not there.
        while (!node.isClosed && nodes.some(({ isWhole }) => !isWhole)) await pause(50);
        if (node.isClosed) return;
        await node.harmed(() => restart(node, 'SIGTERM', 0));
      }
    };
    return { words: 'all nodes are restarted, one after the other', touched: some(scene), done: done() };
  },
  'connection of a participant cut': (scene) => {
    const visit = pick(scene, scene.talks());
    if (!visit) return undefined;
    // A doctor without grace would end the meeting by it, as is right; most are not to.
    const role = visit.clinic.graceSeconds > 0 && scene.random() < 0.5 ? 'doctor' : 'patient';
    visit.cut(role);
    return { words: `the connection of a ${role} is cut`, touched: [visit], done: Promise.resolve() };
  },
  'doctor without grace cut': (scene) => {
    const visit = pick(scene, scene.talks().filter(isWithoutGrace));
    if (!visit) return undefined;
    visit.cut('doctor');
    return { words: 'the connection of a doctor without grace is cut', touched: [], done: Promise.resolve() };
  },
  'patient away for longer than the window': (scene) => {
    const visit = scene.options.departures && pick(scene, scene.talks().filter(mayLosePatient));
    if (!visit) return undefined;
    visit.isInTalk = false;
    const done = visit.loseForLong(scene.options.windowSeconds);
    return { words: 'a patient is away for longer than the window', touched: [], done };
  },
} as const satisfies Record<string, Begin>;

export type FailureKind = keyof typeof kinds;

export const failureKinds = Object.keys(kinds) as FailureKind[];

/** How often each comes, against one. */
const often: Partial<Record<FailureKind, number>> = {
  'node killed': 3,
  'node told to stop': 2,
  'node frozen': 3,
  'connection of a participant cut': 2,
};
const urn = failureKinds.flatMap((kind) => Array.from({ length: often[kind] ?? 1 }, () => kind));

/** Begins one; what chance names first and is not possible now is passed over. */
export function beginFailure(scene: Scene): Failure {
  for (;;) {
    const kind = pick(scene, urn);
    const begun = kind && kinds[kind](scene);
    if (kind && begun) return { kind, ...begun };
  }
}

const isWithoutGrace = (visit: Visit): boolean => visit.clinic.graceSeconds === 0 && visit.plan !== 'stays';
const mayLosePatient = (visit: Visit): boolean => visit.plan === 'doctor ends';

/** One node stays whole, whatever happens to the others: with none, all that can be promised is the windows. */
function ofNode(
  scene: Scene,
  plan: (node: ChaosNode) => [words: string, work: () => Promise<void>],
  spare = 2,
): ReturnType<Begin> {
  const whole = scene.world.nodes.filter(({ isWhole }) => isWhole);
  const node = pick(scene, whole);
  if (!node || whole.length < spare) return undefined;
  const [words, work] = plan(node);
  const touched = some(scene, (visit) => visit.doctor.node === node || visit.patient.node === node);
  return { words: `${node.name} is ${words}`.replace('is loses', 'loses'), touched, done: node.harmed(work) };
}

function cutOff(scene: Scene, what: 'redis' | 'database', how: 'cut' | 'silence'): ReturnType<Begin> {
  return ofNode(scene, (node) => {
    const ms = secondsOf(scene);
    const other = what === 'redis' ? 'Redis' : 'PostgreSQL';
    const words = how === 'cut' ? `cut off from ${other}` : `not heard by ${other} any more`;
    return [
      `${words} for ${inSeconds(ms)}`,
      async () => {
        node.ways[what][how]();
        await pause(ms);
        node.ways[what].mend();
      },
    ];
  });
}

async function restart(node: ChaosNode, signal: 'SIGKILL' | 'SIGTERM', ms: number): Promise<void> {
  await node.down(signal);
  await pause(ms);
  await node.up();
}

/** From one second to the longest. */
function secondsOf({ options, random }: Scene, most: number = options.longestSeconds): number {
  return (1 + random() * (Math.min(most, options.longestSeconds) - 1)) * 1_000;
}

const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

function pick<T>({ random }: Scene, all: readonly T[]): T | undefined {
  return all[Math.floor(random() * all.length)];
}

/** A few of the meetings in talk, to ask how long it takes: of those that go on for long, where there are enough. */
function some(scene: Scene, fits: (visit: Visit) => boolean = () => true): Visit[] {
  const fitting = scene.talks().filter(fits);
  const long = fitting.filter(({ plan }) => plan === 'stays');
  const all = long.length < 4 ? fitting : long;
  const chosen = new Set(Array.from({ length: 4 }, () => pick(scene, all)));
  return [...chosen].filter((visit) => visit !== undefined);
}
