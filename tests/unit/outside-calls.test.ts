/** Calls to somebody else's server: what is tried again, what is not, and when nothing is asked. */
import { describe, expect, it } from '@jest/globals';
import { OutsideCalls, OutsideFailure } from '../../src/platform/outside/calls.ts';

const options = { tries: 3, pauseMs: 1, failures: 4, openMs: 60_000 };
const open = () => new OutsideCalls('The printer', options);

function failing(again: boolean, afterMs?: number) {
  let tried = 0;
  const attempt = async () => {
    tried += 1;
    throw new OutsideFailure('It failed.', { again, afterMs });
  };
  return { attempt, tried: () => tried };
}

describe('calls to the outside', () => {
  it('are tried again where that is harmless, and no more than three times', async () => {
    const { attempt, tried } = failing(true);
    await expect(open().call(attempt)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The printer cannot be reached just now.',
    });
    expect(tried()).toBe(3);
  });

  it('are not tried again where the answer may only have been lost', async () => {
    const { attempt, tried } = failing(false);
    await expect(open().call(attempt)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(tried()).toBe(1);
  });

  it('are not tried again by us when the other side wants a long time, which the caller is told', async () => {
    const { attempt, tried } = failing(true, 60_000);
    await expect(open().call(attempt)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfter: 60 });
    expect(tried()).toBe(1);
  });

  it('are not made for a while once several in a row have failed', async () => {
    const calls = open();
    const { attempt, tried } = failing(false);
    for (let i = 0; i < 6; i += 1) await expect(calls.call(attempt)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(tried()).toBe(4);
    expect(calls.isOpen).toBe(true);
  });

  it('count what failed after the answer had begun', () => {
    const calls = open();
    const cut = new OutsideFailure('It was cut.', { again: false });
    for (let i = 0; i < 4; i += 1) expect(calls.cut(cut)).toMatchObject({ code: 'UNAVAILABLE', cause: cut });
    expect(calls.isOpen).toBe(true);
  });

  it('are neither tried again nor counted once whoever asked has gone', async () => {
    const calls = open();
    const gone = new AbortController();
    let tried = 0;
    const attempt = async () => {
      tried += 1;
      gone.abort(new Error('gone'));
      throw new OutsideFailure('It failed.', { again: true });
    };
    for (let i = 0; i < 6; i += 1) await expect(calls.call(attempt, gone.signal)).rejects.toThrow('gone');
    expect(tried).toBe(1);
    expect(calls.isOpen).toBe(false);
  });
});
