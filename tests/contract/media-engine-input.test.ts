/** Whatever a participant sends within the protocol's shapes: an answer or a refusal, never a fault of ours, never a dead worker. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { asked } from '../../signaling/media/sfu/refusal.ts';
import type { SfuEngine } from '../../signaling/media/sfu/sfu-engine.ts';
import { DtlsParameters, RtpCapabilities, RtpParameters } from '../../signaling/protocol/index.ts';
import { AppError } from '../../src/platform/errors.ts';
import { recordedAudio, recordedCapabilities, recordedDtls, recordedVideo } from '../support/media-recorded.ts';
import { openCall, startSfu } from '../support/media-room.ts';

type Json = Record<string, unknown> | unknown[];

const odd = fc.oneof(
  fc.constantFrom(0, -1, 2 ** 31, 2 ** 32 - 1, 96, 97, 111, '', 'r0', 'L1T3', 'S3T3', true, false, null, undefined),
  fc.constantFrom('video/VP8', 'video/H264', 'video/rtx', 'audio/opus', 'sha-1', 'client', 'nack'),
  fc.integer(),
  fc.double(),
  fc.string({ maxLength: 40 }),
);
const changes = fc.array(fc.record({ at: fc.nat(1000), how: fc.constantFrom('set', 'remove', 'repeat'), to: odd }), {
  minLength: 1,
  maxLength: 4,
});

/** Every place in a tree of JSON: what holds it, and under which key. */
function places(tree: Json): { holder: Json; key: string }[] {
  return Object.entries(tree).flatMap(([key, value]) => [
    { holder: tree, key },
    ...(typeof value === 'object' && value !== null ? places(value as Json) : []),
  ]);
}

function changed(value: object, list: readonly { at: number; how: string; to: unknown }[]): unknown {
  const tree = structuredClone(value) as unknown as Json;
  for (const { at, how, to } of list) {
    const all = places(tree);
    const place = all[at % all.length];
    if (!place) break;
    const { holder, key } = place;
    if (how === 'set') Object.assign(holder, { [key]: to });
    else if (Array.isArray(holder))
      holder.splice(Number(key), how === 'remove' ? 1 : 0, ...(how === 'repeat' ? [holder[Number(key)]] : []));
    else if (how === 'remove') Reflect.deleteProperty(holder, key);
  }
  return tree;
}

describe('what mediasoup is asked', () => {
  let engine: SfuEngine;
  beforeAll(async () => {
    engine = await startSfu(1);
  });
  afterAll(() => engine.close());

  /** Plays one change of each recorded payload; answers how many were of a shape that the protocol lets through. */
  async function play(
    list: readonly { at: number; how: string; to: unknown }[],
  ): Promise<PromiseSettledResult<unknown>[]> {
    const { room, doctor, patient, sendId, recvId, camera } = await openCall(engine);
    const asked: Promise<unknown>[] = [];
    const dtlsParameters = DtlsParameters.safeParse(changed(recordedDtls, list)).data;
    if (dtlsParameters) asked.push(room.connectTransport(doctor.id, sendId, dtlsParameters));
    const rtpCapabilities = RtpCapabilities.safeParse(changed(recordedCapabilities, list)).data;
    if (rtpCapabilities) {
      asked.push(room.consume(patient.id, { transportId: recvId, producerId: camera, rtpCapabilities }));
    }
    for (const [kind, source, recorded] of [
      ['audio', 'microphone', recordedAudio()],
      ['video', 'screen', recordedVideo()],
    ] as const) {
      const rtpParameters = RtpParameters.safeParse(changed(recorded, list)).data;
      if (rtpParameters) asked.push(room.produce(doctor.id, { transportId: sendId, kind, source, rtpParameters }));
    }
    const answers = await Promise.allSettled(asked);
    room.close('test over');
    return answers;
  }

  it('answers or refuses, and its worker lives on', async () => {
    const before = engine.workers[0]?.pid;
    const tally = { answered: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const answers = await play(list);
        const refused = answers.filter((answer) => answer.status === 'rejected');
        const faults = refused.filter(({ reason }) => !(reason instanceof AppError) || reason.code !== 'INVALID_CALL');
        expect(faults).toEqual([]);
        tally.refused += refused.length;
        tally.answered += answers.length - refused.length;
        expect(engine.workers).toEqual([{ pid: before, rooms: 0 }]);
      }),
      { numRuns: 300 },
    );
    // Both must have happened, or the changes were too timid or too wild to say anything.
    expect(tally.answered).toBeGreaterThan(20);
    expect(tally.refused).toBeGreaterThan(20);
  });
});

describe('what mediasoup throws', () => {
  it.each([
    ['WorkerClosedError', 'UNAVAILABLE'],
    ['InvalidStateError', 'UNAVAILABLE'],
    ['NotFoundError', 'NOT_FOUND'],
    ['TypeError', 'INVALID_CALL'],
    ['UnsupportedError', 'INVALID_CALL'],
    ['Error', 'INVALID_CALL'],
  ])('as %s is %s for the caller, and nothing of its message', async (name, code) => {
    const thrown = Object.assign(new Error('a value that was sent'), { name });
    const refused = asked(
      () => Promise.reject(thrown),
      () => undefined,
    );
    await expect(refused).rejects.toMatchObject({ code, message: expect.not.stringContaining('value') });
  });
});
