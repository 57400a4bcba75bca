/** signaling/cluster/look-again.ts: who is told how things stand, and how often the database is asked. */
import { beforeEach, expect, it } from '@jest/globals';
import { LookAgain } from '../../signaling/cluster/look-again.ts';
import type { MeetingGate } from '../../signaling/meeting-gate.ts';
import type { Registry } from '../../signaling/rooms/registry.ts';
import type { Session } from '../../signaling/rooms/session.ts';
import { AppError } from '../../src/platform/errors.ts';

let versions: Map<string, number>;
let asked: string[];
let told: string[];
let lookAgain: LookAgain;

beforeEach(() => {
  versions = new Map();
  asked = [];
  told = [];
  const gate = {
    versions: async (ids: readonly string[]) => {
      asked.push(`versions of ${ids.length}`);
      return versions;
    },
    look: async (_actor: unknown, id: string) => {
      asked.push(`look at ${id}`);
      if (id === 'hidden') throw new AppError('MEETING_NOT_FOUND');
      return { id, status: 'scheduled', version: versions.get(id) };
    },
  };
  // As much of each as is used for those who wait.
  lookAgain = new LookAgain({ gate: gate as unknown as MeetingGate, registry: {} as Registry });
});

function waiting(name: string, meetingId: string, isConnected = true): Session {
  const socket = { emit: (fact: string) => void told.push(`${name}: ${fact}`) };
  return { seating: null, waitingFor: meetingId, isConnected, socket, actor: { tenantId: 't' } } as unknown as Session;
}

it('asks once for all, and then again only for those whose meeting is another than they were told', async () => {
  const sessions = [waiting('a', 'm1'), waiting('b', 'm1'), waiting('c', 'm2'), waiting('gone', 'm3', false)];
  versions = new Map([
    ['m1', 1],
    ['m2', 1],
  ]);
  await lookAgain.pass(sessions);
  expect(told).toEqual(['a: meeting:changed', 'b: meeting:changed', 'c: meeting:changed']);
  expect(asked).toEqual(['versions of 2', 'look at m1', 'look at m1', 'look at m2']);
  asked = [];
  await lookAgain.pass(sessions);
  await lookAgain.pass(sessions);
  expect(asked).toEqual(['versions of 2', 'versions of 2']);
  versions.set('m2', 2);
  asked = [];
  told = [];
  await lookAgain.pass(sessions);
  expect([asked, told]).toEqual([['versions of 2', 'look at m2'], ['c: meeting:changed']]);
});

it('tells everybody once more when facts may have been lost that it knows nothing of', async () => {
  const sessions = [waiting('a', 'm1')];
  versions.set('m1', 1);
  await lookAgain.pass(sessions);
  lookAgain.forget();
  await lookAgain.pass(sessions);
  expect(told).toHaveLength(2);
});

it('asks nothing where nobody is, and once for who may not look', async () => {
  await lookAgain.pass([]);
  expect(asked).toEqual([]);
  const sessions = [waiting('a', 'hidden')];
  versions.set('hidden', 1);
  await lookAgain.pass(sessions);
  await lookAgain.pass(sessions);
  expect(asked).toEqual(['versions of 1', 'look at hidden', 'versions of 1']);
  expect(told).toEqual([]);
});
