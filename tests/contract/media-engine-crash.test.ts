/** One dead media worker must not take a call with it, nor touch the calls of the others. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pauseBeforeStart } from '../../signaling/media/sfu/media-worker.ts';
import type { SfuEngine } from '../../signaling/media/sfu/sfu-engine.ts';
import { newId } from '../../src/platform/ids.ts';
import { Ear, killWorker, openCall, startSfu } from '../support/media-room.ts';
import { until } from '../support/until.ts';

type OpenCall = Awaited<ReturnType<typeof openCall>>;

/** Sends and receives as a browser does after `media:reset`. */
async function rebuild({ doctor, patient }: OpenCall): Promise<void> {
  const { id: sendId } = await doctor.transport('send');
  const { id: recvId } = await patient.transport('recv');
  await doctor.send(sendId, 'microphone');
  const camera = await doctor.send(sendId, 'camera');
  await patient.receive(recvId, camera);
}

const hearsReset = (call: OpenCall, times = 1) =>
  until(`the room hears reset ${times} times`, () => call.ear.resets === times);

describe('when a media worker is killed', () => {
  let engine: SfuEngine;
  beforeAll(async () => {
    engine = await startSfu(2);
  });
  afterAll(() => engine.close());

  it('spreads rooms over the workers, resets the rooms of the dead one, and leaves the other alone', async () => {
    const [first, second] = [await openCall(engine), await openCall(engine)];
    expect(engine.workers.map(({ rooms }) => rooms)).toEqual([1, 1]);
    const untouched = second.patient.others;
    await killWorker(engine, 0);
    await hearsReset(first);
    expect(first.ear.heard.filter((line) => line.startsWith('closed'))).toEqual([]);
    expect(first.patient.others).toEqual([]);
    await rebuild(first);
    expect(first.patient.others).toHaveLength(2);

    expect(second.ear.resets).toBe(0);
    expect(second.patient.others).toEqual(untouched);
    await second.patient.receive(second.recvId, second.camera);
    first.room.close('test over');
    second.room.close('test over');
    expect(engine.workers.map(({ rooms }) => rooms)).toEqual([0, 0]);
  });

  it('takes nothing of before the death for something of now', async () => {
    const call = await openCall(engine);
    const index = engine.workers.findIndex(({ rooms }) => rooms > 0);
    await killWorker(engine, index);
    await hearsReset(call);
    await call.doctor.transport('send');
    await call.patient.transport('recv');
    const notFound = { code: 'NOT_FOUND' };
    await expect(call.doctor.send(call.sendId, 'camera')).rejects.toMatchObject(notFound);
    await expect(call.patient.receive(call.recvId, call.camera)).rejects.toMatchObject(notFound);
    expect(() => call.room.closeProducer(call.doctor.id, call.camera)).toThrow(expect.objectContaining(notFound));
    call.room.close('test over');
  });

  it('keeps the camera off that was off before', async () => {
    const call = await openCall(engine);
    await call.room.setSending(call.doctor.id, { audio: true, video: false });
    await killWorker(
      engine,
      engine.workers.findIndex(({ rooms }) => rooms > 0),
    );
    await hearsReset(call);
    await rebuild(call);
    expect(call.patient.others.map(({ source, paused }) => [source, paused])).toEqual([
      ['microphone', false],
      ['camera', true],
    ]);
    call.room.close('test over');
  });

  it('says nothing to a room that is closed before its new router is there', async () => {
    await until('both workers run', () => engine.workers.every(({ pid }) => pid !== undefined));
    const call = await openCall(engine);
    const heard = call.ear.heard.length;
    const index = engine.workers.findIndex(({ rooms }) => rooms > 0);
    // The room goes to the other worker, which keeps it waiting for its router.
    const other = engine.workers[1 - index]?.pid;
    if (other === undefined) throw new Error('The other worker is not running.');
    process.kill(other, 'SIGSTOP');
    // What routers it has in hand go to others first.
    const opening = Array.from({ length: 6 }, () => engine.openRoom(newId(), new Ear()));
    await until('the other one carries three', () => (engine.workers[1 - index]?.rooms ?? 0) >= 3);
    await killWorker(engine, index);
    call.room.close('the meeting ended');
    process.kill(other, 'SIGCONT');
    await until('the worker runs again', () => engine.workers[index]?.pid);
    for (const room of await Promise.all(opening)) room.close('test over');
    await until('no worker carries a room', () => engine.workers.every(({ rooms }) => rooms === 0));
    expect(call.ear.heard.slice(heard)).toEqual([]);
  });
});

describe('when the only media worker is killed', () => {
  let engine: SfuEngine;
  beforeAll(async () => {
    engine = await startSfu(1);
  });
  afterAll(() => engine.close());

  it('answers calls that were under way with "unavailable", and serves those that come meanwhile when it is back', async () => {
    const call = await openCall(engine);
    const { pid } = engine.workers[0] ?? {};
    if (pid === undefined) throw new Error('The worker is not running.');
    // A stopped process keeps what it is asked unanswered.
    process.kill(pid, 'SIGSTOP');
    const settled = Promise.allSettled([
      call.doctor.send(call.sendId, 'screen'),
      call.patient.receive(call.recvId, call.camera),
      call.patient.transport('send'),
      call.room.setSending(call.doctor.id, { audio: false, video: true }),
    ]);
    await killWorker(engine, 0);
    const meanwhile = call.doctor.transport('send');
    const unavailable = { status: 'rejected', reason: expect.objectContaining({ code: 'UNAVAILABLE' }) };
    expect(await settled).toEqual([unavailable, unavailable, unavailable, { status: 'fulfilled', value: undefined }]);
    await call.doctor.send((await meanwhile).id, 'camera');
    expect(call.patient.others).toHaveLength(1);
    call.room.close('test over');
  });

  it('gives nothing to somebody who left while they waited for it to come back', async () => {
    const call = await openCall(engine);
    await killWorker(engine, 0);
    const waiting = call.doctor.transport('send');
    call.room.closeParticipant(call.doctor.id);
    await expect(waiting).rejects.toMatchObject({ code: 'NOT_JOINED' });
    await hearsReset(call);
    expect(call.patient.others).toEqual([]);
    call.room.close('test over');
  });

  it('comes back each time, with longer pauses, and its room with it', async () => {
    // Of its own: pauses are by the deaths before, and those of the other tests would come on top.
    await using stack = new AsyncDisposableStack();
    const own = stack.adopt(await startSfu(1), (engine) => engine.close());
    const call = await openCall(own);
    for (const times of [1, 2, 3]) {
      await until('the worker runs', () => own.workers[0]?.pid);
      await killWorker(own, 0);
      await hearsReset(call, times);
    }
    await rebuild(call);
    expect(call.patient.others).toHaveLength(2);
    call.room.close('test over');
  });

  it('opens a room that is asked for while no worker runs', async () => {
    await killWorker(engine, 0);
    expect(engine.workers[0]?.pid).toBeUndefined();
    const call = await openCall(engine);
    expect(call.patient.others).toHaveLength(2);
    call.room.close('test over');
  });
});

it('starts a dead worker again at once, and waits longer the more often it dies, up to half a minute', () => {
  expect([1, 2, 3, 4, 9, 50].map(pauseBeforeStart)).toEqual([0, 250, 500, 1000, 30_000, 30_000]);
});
