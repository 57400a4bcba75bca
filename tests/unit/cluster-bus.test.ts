/** signaling/cluster/bus.ts: what nodes say to each other, over a Redis of this test's own making. */
import { afterEach, expect, it } from '@jest/globals';
import { Bus, type BusWire, Unreachable } from '../../signaling/cluster/bus.ts';
import { type Envelope, Moved } from '../../signaling/cluster/envelope.ts';
import type { Asked, Said } from '../../signaling/cluster/messages.ts';
import { Sender } from '../../signaling/cluster/sender.ts';
import { AppError } from '../../src/platform/errors.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { createSealer } from '../../src/platform/sealer.ts';
import { until } from '../support/until.ts';

const key = 'k'.repeat(32);
const room = { tenantId: 't', meetingId: 'm', epoch: 1 };

type Ears = Parameters<BusWire['listener']['open']>[1];

class Subscriber {
  channels: readonly string[] = [];
  ears: Ears | undefined;
  isDeaf = false;

  open(channels: readonly string[], ears: Ears): void {
    this.channels = channels;
    this.ears = ears;
    ears.listening();
  }
  async change(channels: readonly string[]): Promise<void> {
    this.channels = channels;
  }
  renew(): void {
    this.isDeaf = false;
    this.ears?.listening();
  }
  /** It loses its connection, and nothing is told to it until `renew`. */
  lose(): void {
    this.isDeaf = true;
    this.ears?.deaf();
  }
}

/** As much of Redis as the bus uses. */
class Exchange {
  readonly subscribers: Subscriber[] = [];
  readonly published: { channel: string; message: Buffer }[] = [];
  isAway = false;

  async spublish(channel: string, message: Buffer): Promise<number> {
    if (this.isAway) throw new Error('Redis is away.');
    this.published.push({ channel, message });
    const hearers = this.subscribers.filter((one) => !one.isDeaf && one.channels.includes(channel));
    for (const one of hearers) one.ears?.message(channel, message);
    return hearers.length;
  }
}

interface TestNode {
  bus: Bus;
  subscriber: Subscriber;
  heard: Said[];
}

const open: Bus[] = [];
afterEach(() => {
  for (const bus of open.splice(0)) bus.close();
});

async function node(
  exchange: Exchange,
  nodeId: string,
  answer: (asked: Asked) => Promise<unknown> = async () => null,
  keys = key,
): Promise<TestNode> {
  const subscriber = new Subscriber();
  exchange.subscribers.push(subscriber);
  const bus = new Bus({
    publisher: exchange,
    listener: subscriber,
    sealer: createSealer(keys, 'a test'),
    logger: createLogger('silent'),
    load: () => ({ sockets: 0, rooms: 0, draining: false }),
  });
  open.push(bus);
  const heard: Said[] = [];
  bus.open(nodeId, {
    said: (_from, said) => said.kind !== 'beat' && void heard.push(said),
    asked: (_from, asked) => answer(asked),
    up: () => undefined,
    believed: () => undefined,
  });
  await until('the node hears itself', () => bus.isUp);
  return { bus, subscriber, heard };
}

/** Resolves when all that the node has told so far is published, and heard by whoever hears it. */
async function told({ bus }: TestNode): Promise<void> {
  await bus.isListening('nobody');
}

it('carries what is said to all others, and so that nobody who reads along can read it', async () => {
  const exchange = new Exchange();
  const [one, other] = [await node(exchange, '1'), await node(exchange, '2')];
  one.bus.tellAll({ kind: 'over', tenantId: 't', meetingId: 'm', reason: 'a secret' });
  await told(one);
  expect(other.heard).toMatchObject([{ kind: 'over', reason: 'a secret' }]);
  expect(one.heard).toEqual([]);
  expect(exchange.published.length).toBeGreaterThan(0);
  for (const { message } of exchange.published) expect(message.toString('latin1')).not.toMatch(/secret|kind/);
});

it('carries answers, refusals, and that a room is elsewhere', async () => {
  const exchange = new Exchange();
  const { bus } = await node(exchange, '1');
  await node(exchange, '2', async (asked) => {
    if (asked.kind === 'open') return { kind: 'p2p' };
    if (asked.kind === 'media') throw new AppError('INVALID_CALL', 'Not so.');
    throw new Moved();
  });
  expect(await bus.ask('2', { kind: 'open', room })).toEqual({ kind: 'p2p' });
  const ofSeat = { room, participantId: 'p', seat: 1 };
  await expect(bus.ask('2', { kind: 'media', call: 'resume', args: [], ...ofSeat })).rejects.toMatchObject({
    code: 'INVALID_CALL',
    message: 'Not so.',
  });
  await expect(bus.ask('2', { kind: 'unseat', wasCutOff: true, ...ofSeat })).rejects.toBeInstanceOf(Moved);
});

it('tells a node that is gone from its own being cut off', async () => {
  const exchange = new Exchange();
  const { bus } = await node(exchange, '1');
  await expect(bus.ask('nobody', { kind: 'open', room })).rejects.toMatchObject({ why: 'gone' });
  exchange.isAway = true;
  const asked = bus.ask('2', { kind: 'open', room });
  await expect(asked).rejects.toBeInstanceOf(Unreachable);
  await expect(asked).rejects.toMatchObject({ why: 'cut off' });
});

it('hears nothing that was not sealed by a node of ours for just that channel', async () => {
  const exchange = new Exchange();
  const { bus, heard } = await node(exchange, '1');
  const stranger = await node(exchange, '3', undefined, 'x'.repeat(32));
  stranger.bus.tellAll({ kind: 'look-again' });
  await told(stranger);
  const other = await node(exchange, '2');
  other.bus.tell('2', { kind: 'look-again' });
  await told(other);
  const elsewhere = exchange.published.findLast(({ channel }) => channel.endsWith(':2'));
  expect(elsewhere).toBeDefined();
  await exchange.spublish('housecall:{nodes}:all', elsewhere?.message ?? Buffer.alloc(0));
  await exchange.spublish('housecall:{nodes}:all', Buffer.from('{"from":"2","said":{"kind":"look-again"}}'));
  expect(heard).toEqual([]);
  other.bus.tellAll({ kind: 'look-again' });
  await told(other);
  expect(heard).toEqual([{ kind: 'look-again' }]);
  expect(bus.isUp).toBe(true);
});

it('goes on under a new name, and hears nothing under the old one', async () => {
  const exchange = new Exchange();
  const [one, other] = [await node(exchange, '1'), await node(exchange, '2')];
  other.bus.rename('22');
  one.bus.tell('2', { kind: 'look-again' });
  await told(one);
  expect(other.heard).toEqual([]);
  one.bus.tell('22', { kind: 'look-again' });
  await told(one);
  expect(other.heard).toEqual([{ kind: 'look-again' }]);
});

it('counts each message once, and tells no run that has ended from a stranger', async () => {
  const exchange = new Exchange();
  const one = await node(exchange, '1');
  const other = await node(exchange, '2');
  other.bus.tellAll({ kind: 'look-again' });
  await told(other);
  expect(one.heard).toEqual([{ kind: 'look-again' }]);
  const recorded = [...exchange.published];
  const again = async () => {
    for (const { channel, message } of recorded) await exchange.spublish(channel, message);
  };
  await again();
  expect(one.heard).toHaveLength(1);
  other.bus.close();
  const late = await node(exchange, '3');
  await again();
  expect([one.heard.length, late.heard.length]).toEqual([1, 0]);
});

it('hears for the first time nothing that was said while it did not listen', async () => {
  const exchange = new Exchange();
  const [one, other] = [await node(exchange, '1'), await node(exchange, '2')];
  one.subscriber.lose();
  other.bus.tellAll({ kind: 'over', tenantId: 't', meetingId: 'm', reason: 'missed' });
  await told(other);
  const missed = exchange.published.findLast(({ channel }) => channel.endsWith(':all'));
  one.subscriber.renew();
  await exchange.spublish(missed?.channel ?? '', missed?.message ?? Buffer.alloc(0));
  other.bus.tellAll({ kind: 'look-again' });
  await told(other);
  expect(one.heard).toEqual([{ kind: 'look-again' }]);
});

it('is heard by who does not believe it yet as soon as it has proved itself, and each question once', async () => {
  const exchange = new Exchange();
  const asked: string[] = [];
  const answer = async (question: Asked) => asked.push(question.kind);
  const [one, other] = [await node(exchange, '1'), await node(exchange, '2', answer)];
  other.subscriber.lose();
  other.subscriber.isDeaf = false;
  expect(await one.bus.ask('2', { kind: 'open', room })).toBe(1);
  expect(asked).toEqual(['open']);
  const question = exchange.published.filter(({ channel }) => channel.endsWith(':2'));
  for (const { channel, message } of question) await exchange.spublish(channel, message);
  expect(asked).toEqual(['open']);
});

it('says in one message what is told within a moment for the same ears, and all of it in its order', async () => {
  const exchange = new Exchange();
  const [one, other] = [await node(exchange, '1'), await node(exchange, '2')];
  const over = (reason: string): Said => ({ kind: 'over', tenantId: 't', meetingId: 'm', reason });
  one.bus.tellAll(over('a'));
  one.bus.tellAll(over('b'));
  one.bus.tell('2', over('c'));
  one.bus.tellAll(over('d'));
  await told(one);
  expect(other.heard).toEqual(['a', 'b', 'c', 'd'].map(over));
  const sealer = createSealer(key, 'a test');
  const reasons = exchange.published.flatMap(({ channel, message }) => {
    const { all } = JSON.parse(sealer.open(message, channel)) as Envelope;
    const found = all.flatMap(({ said }) => (said?.kind === 'over' ? [said.reason] : []));
    return found.length > 0 ? [found.join('')] : [];
  });
  expect(reasons).toEqual(['ab', 'c', 'd']);
});

it('has said what it was told before it closes', async () => {
  const exchange = new Exchange();
  const [one, other] = [await node(exchange, '1'), await node(exchange, '2')];
  one.bus.tellAll({ kind: 'look-again' });
  one.bus.close();
  expect(other.heard).toEqual([{ kind: 'look-again' }]);
});

it('knows each of its own messages as it comes back, once, and none from before it was deaf', async () => {
  const exchange = new Exchange();
  const sender = new Sender({
    publisher: exchange,
    sealer: createSealer(key, 'a test'),
    logger: createLogger('silent'),
    from: () => '1',
    everybody: 'all',
  });
  const say = async (said: Said): Promise<Buffer> => {
    await sender.now('all', { said });
    return exchange.published.at(-1)?.message ?? Buffer.alloc(0);
  };
  const beat = await say({ kind: 'beat', sockets: 0, rooms: 0, draining: false });
  const other = await say({ kind: 'look-again' });
  expect(sender.takeBack(Buffer.from(beat))).toMatchObject({ isBeat: true });
  expect(sender.takeBack(beat)).toBeUndefined();
  expect(sender.takeBack(Buffer.from(other.subarray(1)))).toBeUndefined();
  expect(sender.takeBack(other)).toMatchObject({ isBeat: false });
  const missed = await say({ kind: 'look-again' });
  sender.forgetOwn();
  expect(sender.takeBack(missed)).toBeUndefined();
});
