/** How many network tests a node takes, and when each is over. */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { NetworkTests } from '../../signaling/gateway/network-tests.ts';
import type { MediaEngine, MediaTest } from '../../signaling/media/engine.ts';
import type { Session } from '../../signaling/rooms/session.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

let serial = 0;

function personWith(userId: string): { session: Session; socket: EventEmitter } {
  const socket = new EventEmitter();
  serial += 1;
  const session = { id: `socket ${serial}`, actor: { userId }, socket, isConnected: true };
  return { session: session as unknown as Session, socket };
}

function engineOf({ workers = 1 } = {}) {
  const open = new Set<MediaTest>();
  const openTest = async (onOver: () => void): Promise<MediaTest> => {
    const test = {
      close() {
        if (open.delete(test)) onOver();
      },
    } as MediaTest;
    open.add(test);
    return test;
  };
  const engine = { kind: 'sfu', workers: Array.from({ length: workers }), openTest } as unknown as MediaEngine;
  return { engine, open };
}

it('ends each after its time, and when its socket goes', async () => {
  const { engine, open } = engineOf();
  const tests = new NetworkTests(engine, 20_000);
  const [one, other] = [personWith('one'), personWith('other')];
  await tests.begin(one.session);
  await tests.begin(other.session);
  other.socket.emit('disconnect');
  expect(open.size).toBe(1);
  jest.advanceTimersByTime(19_999);
  expect(tests.size).toBe(1);
  jest.advanceTimersByTime(1);
  expect({ open: open.size, counted: tests.size }).toEqual({ open: 0, counted: 0 });
  expect(() => tests.of(one.session)).toThrow('no test of yours');
  expect(one.socket.listenerCount('disconnect')).toBe(0);
});

it('takes twelve a worker at once, asked for in the same moment, and more when one is over', async () => {
  const { engine } = engineOf({ workers: 2 });
  const tests = new NetworkTests(engine);
  const people = Array.from({ length: 30 }, (_, index) => personWith(`person ${index}`));
  const begun = await Promise.allSettled(people.map(({ session }) => tests.begin(session)));
  expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(24);
  const [first, late] = [people[0], people[29]];
  if (!first || !late) throw new Error('There are thirty.');
  tests.end(first.session);
  await tests.begin(late.session);
  expect(tests.size).toBe(24);
});

it('counts none that the media server refused', async () => {
  const tests = new NetworkTests({ kind: 'sfu', openTest: () => Promise.reject(new Error('no worker')) } as never);
  await expect(tests.begin(personWith('one').session)).rejects.toThrow('no worker');
  expect(tests.size).toBe(0);
});
