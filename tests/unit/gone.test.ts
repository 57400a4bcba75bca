/** src/platform/http/gone.ts: whether anybody still waits for an answer. */
import { EventEmitter } from 'node:events';
import { expect, it } from '@jest/globals';
import { goneSignal } from '../../src/platform/http/gone.ts';

const answer = (state: { destroyed: boolean; writableFinished: boolean }) => Object.assign(new EventEmitter(), state);
type Answer = Parameters<typeof goneSignal>[0];
const signalOf = (one: EventEmitter) => goneSignal(one as unknown as Answer);

it('is heard when they go before the answer is whole', () => {
  const leaving = answer({ destroyed: false, writableFinished: false });
  const signal = signalOf(leaving);
  expect(signal.aborted).toBe(false);
  leaving.emit('close');
  expect(signal.aborted).toBe(true);
  expect(signal.reason).toMatchObject({ code: 'UNAVAILABLE' });
});

it('is known of who went before anybody asked', () => {
  expect(signalOf(answer({ destroyed: true, writableFinished: false })).aborted).toBe(true);
});

it('is not said of who has the whole answer', () => {
  const served = answer({ destroyed: false, writableFinished: true });
  const signal = signalOf(served);
  served.emit('close');
  expect(signal.aborted).toBe(false);
  expect(signalOf(answer({ destroyed: true, writableFinished: true })).aborted).toBe(false);
});
