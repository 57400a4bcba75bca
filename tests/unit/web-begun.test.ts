/** A call that is begun by the press that leads to its page: who has it, and when it ends without one. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Call } from '../../web/src/call/call.ts';
import { beginCall, type Entrance, prepareCall, takeCall } from '../../web/src/features/room/begun.ts';
import { meetingId } from '../support/call-fakes.ts';

const entrance: Entrance = { meetingId, seat: 'patient', camera: true };
const elsewhere = '01930000-0000-7000-8000-00000000bbbb';

/** Calls that only note what was asked of them. */
function notingCalls() {
  const made: string[][] = [];
  const make = (): Call => {
    const log: string[] = [];
    made.push(log);
    const note = (what: string) => () => void log.push(what);
    return {
      prepare: note('prepare'),
      enter: note('enter'),
      start: note('start'),
      close: note('close'),
      setCamera: (on: boolean) => void log.push(`camera ${on}`),
      // The code under test uses nothing but what is here.
    } as Partial<Call> as Call;
  };
  return { make, made };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => {
  jest.advanceTimersByTime(10_000);
  jest.useRealTimers();
});

describe('a call that a press has begun', () => {
  it('is the one that its page shows, and stays open', () => {
    const { make, made } = notingCalls();
    beginCall(make, entrance);
    expect(made).toEqual([['enter']]);
    takeCall(make, entrance);
    jest.advanceTimersByTime(60_000);
    expect(made).toEqual([['enter']]);
  });

  it('goes in over the way that was prepared', () => {
    const { make, made } = notingCalls();
    const letGo = prepareCall(make, meetingId);
    beginCall(make, { ...entrance, seat: 'doctor', camera: false });
    letGo();
    expect(made).toEqual([['prepare', 'camera false', 'start']]);
  });

  it('ends after two seconds without a page', () => {
    const { make, made } = notingCalls();
    beginCall(make, entrance);
    jest.advanceTimersByTime(2_000);
    expect(made).toEqual([['enter', 'close']]);
    takeCall(make, entrance);
    expect(made).toEqual([['enter', 'close'], ['enter']]);
  });

  it('is not taken for another visit, another seat or another choice of camera', () => {
    for (const other of [{ meetingId: elsewhere }, { seat: 'doctor' as const }, { camera: false }]) {
      const { make, made } = notingCalls();
      beginCall(make, entrance);
      takeCall(make, { ...entrance, ...other });
      expect(made).toHaveLength(2);
      jest.advanceTimersByTime(2_000);
      expect(made[0]).toEqual(['enter', 'close']);
    }
  });

  it('makes room for the next press', () => {
    const { make, made } = notingCalls();
    beginCall(make, entrance);
    beginCall(make, { ...entrance, meetingId: elsewhere });
    expect(made).toEqual([['enter', 'close'], ['enter']]);
  });
});

describe('a way that was prepared', () => {
  it('goes with its page', () => {
    const { make, made } = notingCalls();
    prepareCall(make, meetingId)();
    expect(made).toEqual([['prepare', 'close']]);
    takeCall(make, entrance);
    expect(made).toHaveLength(2);
  });

  it('is of one visit only', () => {
    const { make, made } = notingCalls();
    const letGo = prepareCall(make, elsewhere);
    takeCall(make, entrance);
    letGo();
    expect(made).toEqual([['prepare', 'close'], ['enter']]);
  });
});
