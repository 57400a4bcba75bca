/**
 * signaling/cluster/bus.ts over real Redis servers: whoever reads there and writes can say nothing again, and the nodes hear
 * each other over a Redis Cluster too.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Bus } from '../../signaling/cluster/bus.ts';
import type { Asked, Said } from '../../signaling/cluster/messages.ts';
import { newId } from '../../src/platform/ids.ts';
import { redisCounters } from '../../src/platform/limits/counters.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { openRedis, type RedisPlace } from '../../src/platform/redis.ts';
import { createSealer } from '../../src/platform/sealer.ts';
import { noRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { startRedisCluster, type TestRedisCluster } from '../support/redis-cluster.ts';
import { until } from '../support/until.ts';

const withRedis = noRedis === undefined ? describe : describe.skip;
const everybody = 'housecall:{nodes}:all';
const nodeChannel = (id: string) => `housecall:{nodes}:node:${id}`;

const room = { tenantId: newId(), meetingId: newId(), epoch: 1 };
const ofSeat = { room, participantId: newId(), seat: 1 };
const told = { fact: 'server:draining', payload: {} } as const;
const sitter = { socketId: 's', meetingId: room.meetingId, epoch: 1, seat: 1 };

/** One of each kind that may be said, besides the beat, which goes by itself. */
const sayings: { [K in Exclude<Said['kind'], 'beat'>]: Extract<Said, { kind: K }> } = {
  told: { kind: 'told', channels: [], except: [], ...told },
  'told-one': { kind: 'told-one', socketId: 's', ...told },
  over: { kind: 'over', tenantId: room.tenantId, meetingId: room.meetingId, reason: 'ended' },
  outseat: { kind: 'outseat', tenantId: room.tenantId, meetingId: room.meetingId, participantId: 'p', seat: 2 },
  'look-again': { kind: 'look-again' },
  out: { kind: 'out', isTaken: false, ...sitter },
  moved: { kind: 'moved', ...sitter },
  claimed: { kind: 'claimed', ...room },
};

/** One of each kind that may be asked. */
const questions: { [K in Asked['kind']]: Extract<Asked, { kind: K }> } = {
  open: { kind: 'open', room },
  // What is inside is the host's business, not the bus's.
  seat: { kind: 'seat', room, socketId: 's', admission: {} as Extract<Asked, { kind: 'seat' }>['admission'] },
  unseat: { kind: 'unseat', wasCutOff: true, ...ofSeat },
  sits: { kind: 'sits', ...ofSeat },
  'set-sending': {
    kind: 'set-sending',
    room,
    seat: { ...ofSeat, ...room, role: 'patient' },
    sending: { audio: true, video: false },
  },
  'tell-other': { kind: 'tell-other', to: 'p', ...told, ...ofSeat },
  media: { kind: 'media', call: 'resume', args: [], ...ofSeat },
};

interface TestNode {
  id: string;
  bus: Bus;
  said: Said[];
  asked: string[];
  /** Whether it counted as believed when it first heard itself. */
  wasBelieved?: boolean;
  /** How often it began to believe another one. */
  believed: number;
  close(): Promise<void>;
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** `first` happens before it can have heard anybody. */
async function startNode(
  place: RedisPlace,
  id = newId(),
  first: (bus: Bus) => void = () => undefined,
): Promise<TestNode> {
  const logger = createLogger('silent');
  const redis = openRedis(place, logger);
  const listener = redis.listener();
  const bus = new Bus({
    publisher: redis.client,
    listener,
    sealer: createSealer('k'.repeat(32), 'a test'),
    logger,
    load: () => ({ sockets: 0, rooms: 0, draining: false }),
  });
  const node: TestNode = {
    id,
    bus,
    said: [],
    asked: [],
    believed: 0,
    close: async () => {
      bus.close();
      await listener.close();
      await redis.close();
    },
  };
  open.push(node);
  bus.open(id, {
    said: (_from, said) => said.kind !== 'beat' && void node.said.push(said),
    asked: async (_from, asked) => node.asked.push(asked.kind),
    up: () => {
      node.wasBelieved ??= bus.isBelieved;
    },
    believed: () => void (node.believed += 1),
  });
  first(bus);
  await until('the node hears itself', () => bus.isUp);
  return node;
}

/** Until what one says is heard by the other, said again and again; then what was heard is forgotten. */
async function acquainted(one: TestNode, other: TestNode): Promise<void> {
  await until('one hears the other', () => {
    one.bus.tell(other.id, { kind: 'look-again' });
    return other.said.length > 0;
  });
  await one.bus.ask(other.id, { kind: 'open', room });
  other.said.length = 0;
  other.asked.length = 0;
}

withRedis(`whoever reads in Redis and writes there${noRedis ? ` (${noRedis})` : ''}`, () => {
  let redis: TestRedis;
  let place: RedisPlace;
  let eye: Redis;
  let mouth: Redis;
  const recorded: [channel: string, message: Buffer][] = [];
  beforeAll(async () => {
    redis = await startRedis();
    place = { urls: [redis.url], isCluster: false };
    [eye, mouth] = [new Redis(redis.url), new Redis(redis.url)];
    eye.on('smessageBuffer', (channel: Buffer, message: Buffer) => recorded.push([channel.toString(), message]));
  });
  afterAll(async () => {
    eye.disconnect();
    mouth.disconnect();
    await redis[Symbol.asyncDispose]();
  });

  /** Two nodes, of which one says and asks everything once, and whoever reads along. */
  async function listenIn(): Promise<[TestNode, TestNode]> {
    recorded.length = 0;
    const ids = [newId(), newId()] as const;
    await eye.ssubscribe(everybody, ...ids.map(nodeChannel));
    const one = await startNode(place, ids[0]);
    const other = await startNode(place, ids[1]);
    await acquainted(one, other);
    for (const saying of Object.values(sayings)) {
      one.bus.tell(other.id, saying);
      one.bus.tellAll(saying);
    }
    for (const question of Object.values(questions)) await one.bus.ask(other.id, question);
    expect(other.asked).toEqual(Object.keys(questions));
    await until('all is heard', () => other.said.length === 2 * Object.keys(sayings).length);
    other.said.length = 0;
    other.asked.length = 0;
    return [one, other];
  }

  /** Says all of it again. Answers what the node has heard up to a question that is new. */
  async function sayAgain(node: TestNode, asker: TestNode): Promise<Pick<TestNode, 'asked' | 'said'>> {
    // A copy: this is read along as well.
    for (const [channel, message] of recorded.slice()) await mouth.spublish(channel, message);
    await asker.bus.ask(node.id, { kind: 'open', room });
    return { asked: node.asked.splice(0), said: node.said };
  }
  const onlyTheNewOne = { asked: ['open'], said: [] };

  it('[CL12] makes no node hear again what was said or asked, of whichever kind', async () => {
    const [one, other] = await listenIn();
    expect(recorded.length).toBeGreaterThan(20);
    expect(await sayAgain(other, one)).toEqual(onlyTheNewOne);
    expect(await sayAgain(other, one)).toEqual(onlyTheNewOne);
  });

  it('[CL12] makes nobody hear a node that has ended, neither who knew it nor who comes later', async () => {
    const [one, other] = await listenIn();
    await one.close();
    const late = await startNode(place);
    await acquainted(late, other);
    await acquainted(other, late);
    expect(await sayAgain(other, late)).toEqual(onlyTheNewOne);
    // To the new node as far as it is not addressed to another.
    expect(await sayAgain(late, other)).toEqual(onlyTheNewOne);
  });

  it('[CL12] makes no node hear what it has missed, nor what it knew, once its connection was cut', async () => {
    const [one, other] = await listenIn();
    await mouth.client('KILL', 'TYPE', 'PUBSUB');
    await eye.ssubscribe(everybody, nodeChannel(one.id), nodeChannel(other.id));
    await acquainted(one, other);
    expect(await sayAgain(other, one)).toEqual(onlyTheNewOne);
  });

  it('[CL6] is told when it begins to believe another, whose words of before are lost', async () => {
    const one = await startNode(place);
    const other = await startNode(place, newId(), (bus) => bus.tellAll(sayings.over));
    await until('it is believed', () => one.believed > 0 && other.bus.isBelieved);
    other.bus.tellAll(sayings.claimed);
    await until('it is heard', () => one.said.length > 0);
    expect(one.said).toEqual([sayings.claimed]);
    expect([one.believed, other.wasBelieved]).toEqual([1, false]);
  });

  it('[CL12] does not keep a node from going on under another name', async () => {
    const [one, other] = await listenIn();
    other.id = newId();
    other.bus.rename(other.id);
    await acquainted(one, other);
    await acquainted(other, one);
    expect(await one.bus.isListening(other.id)).toBe(true);
    expect(await sayAgain(other, one)).toEqual(onlyTheNewOne);
  });
});

withRedis('over a Redis Cluster', () => {
  let cluster: TestRedisCluster;
  let place: RedisPlace;
  beforeAll(async () => {
    cluster = await startRedisCluster();
    // One is enough to find the others, whichever it is.
    place = { urls: [cluster.masters[0]?.url ?? ''], isCluster: true };
  });
  afterAll(async () => {
    await cluster?.[Symbol.asyncDispose]();
  });

  it('nodes hear and answer each other, and know who is not there', async () => {
    const [one, other] = [await startNode(place), await startNode(place)];
    await acquainted(one, other);
    for (const question of Object.values(questions)) await one.bus.ask(other.id, question);
    expect(other.asked).toEqual(Object.keys(questions));
    for (const saying of Object.values(sayings)) one.bus.tellAll(saying);
    await until('all is heard', () => other.said.length === Object.keys(sayings).length);
    expect(other.said).toEqual(Object.values(sayings));
    expect(await one.bus.isListening(other.id)).toBe(true);
    expect(await one.bus.isListening(newId())).toBe(false);
  });

  it('limits are counted together', async () => {
    const connections = [openRedis(place, createLogger('silent')), openRedis(place, createLogger('silent'))];
    open.push(...connections);
    await until('both are connected', () => connections.every(({ client }) => client.status === 'ready'));
    const [one, other] = connections.map(({ client }) => redisCounters(client)('a-test', 60));
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
      expect((await one?.add(key))?.value).toBe(1);
      expect((await other?.add(key))?.value).toBe(2);
    }
  });

  it('they go on when the master of their channels was restarted, and mind no other', async () => {
    const [one, other] = [await startNode(place), await startNode(place)];
    await acquainted(one, other);
    const probe = new Redis(place.urls[0] ?? '');
    const slot = await probe.cluster('KEYSLOT', everybody);
    probe.disconnect();
    const holds = ({ slots: [from, to] }: { slots: readonly [number, number] }) => from <= slot && slot <= to;
    const others = cluster.masters.filter((master) => !holds(master));
    for (const master of others) await master.kill();
    await one.bus.ask(other.id, { kind: 'open', room });
    for (const master of others) await master.start();
    const theirs = cluster.masters.find(holds);
    await theirs?.kill();
    await until('they hear nobody', () => !one.bus.isUp && !other.bus.isUp);
    await theirs?.start();
    await until('they hear themselves again', () => one.bus.isUp && other.bus.isUp, 25_000);
    await acquainted(one, other);
    await acquainted(other, one);
  });

  it('they go on when the master of their channels dies and its replica takes its place', async () => {
    const [one, other] = [await startNode(place), await startNode(place)];
    await acquainted(one, other);
    const holder = await holderOf(place);
    const theirs = cluster.masters.find(({ url }) => new URL(url).port === holder);
    if (!theirs) throw new Error('Nobody has the slot.');
    const replica = await cluster.replicate(theirs);
    await theirs.kill();
    const rest = { urls: cluster.masters.flatMap(({ url }) => (url === theirs.url ? [] : [url])), isCluster: true };
    await until('the replica has the slot', async () => (await holderOf(rest)) === new URL(replica.url).port, 25_000);
    const hears = (node: TestNode, asker: TestNode) =>
      until('it answers', () => asker.bus.ask(node.id, { kind: 'open', room }).then(Boolean, () => false), 25_000);
    expect(await Promise.all([hears(one, other), hears(other, one)])).toEqual([true, true]);
    one.bus.tellAll({ kind: 'claimed', ...room });
    await until('all is heard', () => other.said.length > 0);
    expect(await other.bus.isListening(one.id)).toBe(true);
  });
});

/** The port of the server that has the slot of the nodes' channels, as the first of these says. */
async function holderOf({ urls: [url = ''] }: RedisPlace): Promise<string> {
  const client = new Redis(url);
  try {
    const [slot, ranges] = await Promise.all([client.cluster('KEYSLOT', everybody), client.cluster('SLOTS')]);
    const range = ranges.find(([from, to]) => from <= slot && slot <= to);
    return String(range?.[2]?.[1]);
  } finally {
    client.disconnect();
  }
}
