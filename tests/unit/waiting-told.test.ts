/** Looks at doctors' queues are shared (src/meetings/waiting/told.ts). */
import { expect, it } from '@jest/globals';
import { ToldQueues } from '../../src/meetings/waiting/told.ts';
import type { TenantDb } from '../../src/platform/db/scope.ts';
import { newId } from '../../src/platform/ids.ts';

const clock = { now: () => new Date('2026-11-23T10:00:00.000Z') };

/** A clinic whose every doctor is called by their id and has nobody waiting; each look waits until it is let go. */
function clinics() {
  const looks: { tenantId: string; doctorIds: string[]; letGo: (fault?: Error) => void }[] = [];
  const tenant = (tenantId: string) => {
    const read = (statement: { values: readonly unknown[] }) => {
      const doctorIds = statement.values.filter(Array.isArray).flat() as string[];
      const { promise, resolve, reject } = Promise.withResolvers<unknown[]>();
      const rows = doctorIds.map((id) => ({
        ofDoctorId: id,
        doctorName: id,
        own: [],
        clinic: [],
        busySince: null,
        meetingId: null,
      }));
      looks.push({ tenantId, doctorIds, letGo: (fault) => (fault ? reject(fault) : resolve(rows)) });
      return promise;
    };
    return { tenantId, read } as unknown as TenantDb;
  };
  return { looks, queues: new ToldQueues({ database: { tenant }, clock }) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('who asks in one turn shares a look, and who asks during it gets the next', async () => {
  const { looks, queues } = clinics();
  const [tenantId, first, second, third] = [newId(), newId(), newId(), newId()];
  const asked = [first, second, first].map((doctorId) => queues.told(tenantId, doctorId));
  await turn();
  const later = [first, third].map((doctorId) => queues.told(tenantId, doctorId));
  await turn();
  expect(looks.map(({ doctorIds }) => doctorIds)).toEqual([[first, second]]);
  looks[0]?.letGo();
  expect((await Promise.all(asked)).map((queue) => queue?.doctorName)).toEqual([first, second, first]);
  await turn();
  expect(looks.map(({ doctorIds }) => doctorIds)).toEqual([
    [first, second],
    [first, third],
  ]);
  looks[1]?.letGo();
  expect((await Promise.all(later)).map((queue) => queue?.doctorName)).toEqual([first, third]);
});

it('clinics are looked at apart, and one does not wait for another', async () => {
  const { looks, queues } = clinics();
  const [slow, quick] = [newId(), newId()];
  const waits = queues.told(slow, newId());
  const told = queues.told(quick, newId());
  await turn();
  looks.find(({ tenantId }) => tenantId === quick)?.letGo();
  await told;
  expect(looks.map(({ tenantId }) => tenantId)).toEqual([slow, quick]);
  looks[0]?.letGo();
  await waits;
});

it('a look that fails is the fault of all who shared it, and of nobody after them', async () => {
  const { looks, queues } = clinics();
  const [tenantId, doctorId] = [newId(), newId()];
  const failed = [doctorId, newId()].map((id) => queues.told(tenantId, id));
  await turn();
  const after = queues.told(tenantId, doctorId);
  looks[0]?.letGo(new Error('lost'));
  expect((await Promise.allSettled(failed)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await turn();
  looks[1]?.letGo();
  expect((await after)?.doctorId).toBe(doctorId);
});
