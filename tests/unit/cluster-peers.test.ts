/** signaling/cluster/peers.ts: who counts as dead, and where a new room is opened. */
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Peers } from '../../signaling/cluster/peers.ts';

const idle = { sockets: 0, rooms: 0, draining: false };

let dead: string[];
let listening: Set<string>;
let isUp: boolean;
let peers: Peers;

beforeEach(() => {
  jest.useFakeTimers();
  dead = [];
  listening = new Set();
  isUp = true;
  const bus = {
    get isUp() {
      return isUp;
    },
    isListening: async (nodeId: string) => listening.has(nodeId),
  };
  peers = new Peers({ bus, onDead: (nodeId) => void dead.push(nodeId) });
});

afterEach(() => {
  peers.close();
  jest.useRealTimers();
});

/** Time passes, and these nodes beat meanwhile. */
async function pass(seconds: number, ...beating: string[]): Promise<void> {
  for (let half = 0; half < seconds * 2; half += 1) {
    for (const nodeId of beating) peers.heard(nodeId, idle);
    await jest.advanceTimersByTimeAsync(500);
  }
}

it('takes a node to whose name nobody listens for dead soon after its last beat, once', async () => {
  await pass(3, 'a', 'b');
  expect(dead).toEqual([]);
  await pass(2, 'b');
  expect(dead).toEqual(['a']);
  await pass(20, 'b');
  expect(dead).toEqual(['a']);
});

it('leaves a frozen node, which still listens, alone until its lease has run out', async () => {
  listening.add('frozen');
  await pass(1, 'frozen');
  await pass(13);
  expect(dead).toEqual([]);
  await pass(3);
  expect(dead).toEqual(['frozen']);
});

it('takes nobody for dead while it hears nobody, and gives everybody their time anew afterwards', async () => {
  await pass(1, 'a');
  isUp = false;
  await pass(30);
  isUp = true;
  peers.forgive();
  await pass(0.5);
  expect(dead).toEqual([]);
  await pass(5, 'a');
  expect(dead).toEqual([]);
  expect(peers.size).toBe(1);
});

it('opens new rooms here, where they save a hop, unless another node has far less to do', async () => {
  await pass(11, 'other');
  expect(peers.pick('self', { ...idle, rooms: 5 })).toBe('self');
  expect(peers.pick('self', { ...idle, rooms: 50 })).toBe('other');
  expect(peers.pick('self', { ...idle, draining: true })).toBe('other');
});

it('opens none on a node that stops, nor on one that comes and goes', async () => {
  await pass(11, 'stops');
  peers.heard('stops', { ...idle, draining: true });
  expect(peers.pick('self', { ...idle, rooms: 50 })).toBe('self');
  await pass(3, 'stops', 'new');
  peers.heard('stops', { ...idle, draining: true });
  expect(peers.pick('self', { ...idle, rooms: 50 })).toBe('self');
});

it('knows whether another node holds its lease, as long as it is heard', async () => {
  expect(peers.areLeased).toBe(false);
  peers.heard('older version', idle);
  expect(peers.areLeased).toBe(false);
  peers.heard('a', { ...idle, leased: true });
  expect(peers.areLeased).toBe(true);
  peers.heard('a', { ...idle, leased: false });
  expect(peers.areLeased).toBe(false);
  peers.heard('a', { ...idle, leased: true });
  listening.add('a');
  await pass(2);
  expect(peers.areLeased).toBe(false);
});
