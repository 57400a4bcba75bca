/** Files on their way from the browser: the queue, what is fit to be sent, why it was not taken, and second thoughts. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pdfFindings } from '../../src/records/uploads/pdf-findings.ts';
import type { NewUpload } from '../../web/src/api/files.ts';
import { ApiError, noAnswer } from '../../web/src/api/problem.ts';
import { createDeletions } from '../../web/src/features/files/deletions.ts';
import { fitted, mostBytes, Unfit } from '../../web/src/features/files/fit.ts';
import { createOutgoing, type OutgoingDeps } from '../../web/src/features/files/outgoing.ts';
import { refusalOf } from '../../web/src/features/files/refusal.ts';
import { enFiles } from '../../web/src/ui/i18n/en-files.ts';

const refused = (code: string, detail: string, fault?: string) =>
  new ApiError(code, { status: 422, detail, faults: fault === undefined ? [] : [{ path: 'file', message: fault }] });

describe('files on their way', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  interface Pending {
    key: string;
    signal: AbortSignal;
    onProgress: (part: number) => void;
    answer: (upload: Partial<NewUpload>) => void;
    fail: (error: unknown) => void;
  }

  function setup(more: Partial<OutgoingDeps> = {}) {
    const pending: Pending[] = [];
    let count = 0;
    const outgoing = createOutgoing({
      prepare: (file) => Promise.resolve(file),
      send: ({ key }, { signal, onProgress }) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('Given up.', 'AbortError')));
          pending.push({ key, signal, onProgress, answer: (upload) => resolve(upload as NewUpload), fail: reject });
        }),
      newKey: () => `key-${++count}`,
      pauses: [1_000, 4_000],
      ...more,
    });
    const states = () => outgoing.files.map(({ state }) => state);
    const settled = () => jest.advanceTimersByTimeAsync(0);
    return { outgoing, pending, states, settled };
  }
  const file = (name: string) => new File(['x'], name);

  it('go one after the other, and say how far they are', async () => {
    const { outgoing, pending, states, settled } = setup();
    outgoing.add([file('a.pdf'), file('b.pdf')], 'lab_report');
    await settled();
    expect(states()).toEqual(['sending', 'waiting']);
    pending[0]?.onProgress(0.5);
    expect(outgoing.files[0]?.part).toBe(0.5);
    pending[0]?.onProgress(1);
    expect(states()).toEqual(['checking', 'waiting']);
    pending[0]?.answer({ id: '1' });
    await settled();
    expect(states()).toEqual(['done', 'sending']);
    expect(pending.map(({ key }) => key)).toEqual(['key-1', 'key-2']);
  });

  it('are sent again under the same key after the line broke off, later each time, and at once when asked', async () => {
    const { outgoing, pending, states, settled } = setup();
    outgoing.add([file('a.pdf')], 'photo');
    await settled();
    pending[0]?.fail(noAnswer(undefined));
    await settled();
    expect(states()).toEqual(['lost']);
    await jest.advanceTimersByTimeAsync(999);
    expect(pending).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(states()).toEqual(['sending']);
    pending[1]?.fail(refused('IDEMPOTENCY_IN_PROGRESS', 'The one before is looked through still.'));
    await jest.advanceTimersByTimeAsync(3_999);
    expect(pending).toHaveLength(2);
    outgoing.wake();
    await settled();
    pending[2]?.answer({ id: '1' });
    await settled();
    expect(states()).toEqual(['done']);
    expect(new Set(pending.map(({ key }) => key))).toEqual(new Set(['key-1']));
    expect(jest.getTimerCount()).toBe(0);
  });

  it('do not hold the next one up when one is refused or stopped, and send nothing once closed', async () => {
    const { outgoing, pending, states, settled } = setup();
    outgoing.add([file('a.pdf'), file('b.pdf'), file('c.pdf')], 'other');
    await settled();
    pending[0]?.fail(refused('INVALID_INPUT', 'This file is not taken.', 'Is empty'));
    await settled();
    expect(states()).toEqual(['refused', 'sending', 'waiting']);
    outgoing.drop('key-2');
    await settled();
    expect(pending[1]?.signal.aborted).toBe(true);
    expect(states()).toEqual(['refused', 'sending']);
    outgoing.close();
    await settled();
    expect(pending[2]?.signal.aborted).toBe(true);
    expect(outgoing.files).toEqual([]);
    outgoing.add([file('d.pdf')], 'other');
    await settled();
    expect(pending).toHaveLength(3);
  });

  it('say of a file that cannot be sent why, without sending it', async () => {
    const { outgoing, pending, states, settled } = setup({ prepare: () => Promise.reject(new Unfit('large')) });
    outgoing.add([file('a.pdf')], 'other');
    await settled();
    expect(states()).toEqual(['refused']);
    expect(refusalOf(outgoing.files[0]?.error)).toBe('large');
    expect(pending).toEqual([]);
  });
});

describe('what is fit to be sent', () => {
  const never = () => Promise.reject(new Error('Nothing is to be made smaller here.'));
  const of = (bytes: number, name: string, type = '') => new File([new Uint8Array(bytes)], name, { type });
  const why = (file: File, shrink: (picture: File) => Promise<File | null> = never) =>
    fitted(file, shrink).then(
      () => null,
      (error: unknown) => refusalOf(error),
    );

  it('is a PDF, JPEG or PNG of 100 bytes to 5 MB', async () => {
    expect(await why(of(100, 'a.PDF'))).toBeNull();
    expect(await why(of(mostBytes, 'a.pdf'))).toBeNull();
    expect(await why(of(mostBytes + 1, 'a.pdf'))).toBe('large');
    expect(await why(of(99, 'a.png'))).toBe('small');
    expect(await why(of(0, 'a.jpg'))).toBe('empty');
    for (const name of ['a.heic', 'a.docx', 'a.svg', 'pdf', 'a.pdf.exe']) expect(await why(of(500, name))).toBe('kind');
  });

  it('has its type from its ending where the system knows none, and a picture is made smaller when it is too large', async () => {
    expect((await fitted(of(500, 'a.jpeg'), never)).type).toBe('image/jpeg');
    const small = of(500, 'a.jpg', 'image/jpeg');
    expect(await fitted(of(mostBytes + 1, 'a.png', 'image/png'), () => Promise.resolve(small))).toBe(small);
    expect(await why(of(mostBytes + 1, 'a.png'), () => Promise.resolve(null))).toBe('large');
  });
});

describe('why a file was not taken', () => {
  it('has words for each thing that is found in a PDF', () => {
    for (const [finding, message] of Object.entries(pdfFindings))
      expect(refusalOf(refused('INVALID_INPUT', 'This file is not taken.', message))).toBe(finding);
  });

  it('leaves to the general words what has nothing to do with the file', () => {
    expect(refusalOf(noAnswer(undefined))).toBeNull();
    expect(refusalOf(refused('RATE_LIMITED', 'Too many.'))).toBeNull();
    expect(refusalOf(refused('PAYLOAD_TOO_LARGE', 'Too large.'))).toBe('large');
    expect(refusalOf(new Error('x'))).toBeNull();
    expect(Object.keys(enFiles.refusal)).toContain('large');
  });
});

describe('deleting with second thoughts', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('sends nothing for some seconds, in which it is taken back; what was not is sent, also when one goes on', async () => {
    const removed: string[] = [];
    const deletions = createDeletions({
      remove: (id) => (id === 'c' ? Promise.reject(new Error('no')) : Promise.resolve(void removed.push(id))),
      patience: 1_000,
    });
    for (const id of ['a', 'b', 'c']) deletions.want(id);
    deletions.keep('a');
    expect([...deletions.states]).toEqual([
      ['b', 'soon'],
      ['c', 'soon'],
    ]);
    await jest.advanceTimersByTimeAsync(999);
    expect(removed).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(removed).toEqual(['b']);
    expect([...deletions.states]).toEqual([
      ['b', 'gone'],
      ['c', 'failed'],
    ]);
    deletions.want('d');
    deletions.close();
    deletions.close();
    await jest.advanceTimersByTimeAsync(0);
    expect(removed).toEqual(['b', 'd']);
  });
});
