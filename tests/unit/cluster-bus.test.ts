/** signaling/cluster/bus.ts: what nodes say to each other, over a Redis of this test's own making. */
import { EventEmitter } from 'node:events';
import { afterEach, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { Bus, Moved, Unreachable } from '../../signaling/cluster/bus.ts';
import type { Asked, Said } from '../../signaling/cluster/messages.ts';
import { AppError } from '../../src/platform/errors.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { createSealer } from '../../src/platform/sealer.ts';
import { until } from '../support/until.ts';

const key = 'k'.repeat(32);
const room = { tenantId: 't', meetingId: 'm', epoch: 1 };

class Subscriber extends EventEmitter {
  readonly channels = new Set<string>();
  async subscribe(...names: string[]): Promise<void> {
    for (const name of names) this.channels.add(name);
  }
  async unsubscribe(...names: string[]): Promise<void> {
    for (const name of names) this.channels.delete(name);
  }
}

/** As much of Redis as the bus uses. */
class Exchange {
  readonly subscribers: Subscriber[] = [];
  readonly published: { channel: string; message: Buffer }[] = [];
  isAway = false;

  async publish(channel: string, message: Buffer): Promise<number> {
    if (this.isAway) throw new Error('Redis is away.');
    this.published.push({ channel, message });
    const hearers = this.subscribers.filter((one) => one.channels.has(channel));
    for (const one of hearers) one.emit('messageBuffer', Buffer.from(channel), message);
    return hearers.length;
  }
}

interface TestNode {
  bus: Bus;
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
    publisher: exchange as unknown as Redis,
    subscriber: subscriber as unknown as Redis,
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
  });
  await until('the node hears itself', () => bus.isUp);
  return { bus, heard };
}

it('carries what is said to all others, and so that nobody who reads along can read it', async () => {
  const exchange = new Exchange();
  const [one, other] = [await node(exchange, '1'), await node(exchange, '2')];
  one.bus.tellAll({ kind: 'over', tenantId: 't', meetingId: 'm', reason: 'a secret' });
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
  const other = await node(exchange, '2');
  other.bus.tell('2', { kind: 'look-again' });
  const elsewhere = exchange.published.at(-1);
  expect(elsewhere?.channel).not.toBe('housecall:nodes');
  await exchange.publish('housecall:nodes', elsewhere?.message ?? Buffer.alloc(0));
  await exchange.publish('housecall:nodes', Buffer.from('{"from":"2","said":{"kind":"look-again"}}'));
  expect(heard).toEqual([]);
  other.bus.tellAll({ kind: 'look-again' });
  expect(heard).toEqual([{ kind: 'look-again' }]);
  expect(bus.isUp).toBe(true);
});

it('goes on under a new name, and hears nothing under the old one', async () => {
  const exchange = new Exchange();
  const [one, other] = [await node(exchange, '1'), await node(exchange, '2')];
  other.bus.rename('22');
  one.bus.tell('2', { kind: 'look-again' });
  expect(other.heard).toEqual([]);
  one.bus.tell('22', { kind: 'look-again' });
  expect(other.heard).toEqual([{ kind: 'look-again' }]);
});
