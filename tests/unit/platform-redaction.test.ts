/** What a log line shows of what it was given. */
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../../src/platform/logger.ts';
import { createRedaction, redactedAlways } from '../../src/platform/redaction.ts';

const mark = /^\[REDACTED:[0-9a-f]{8}\]$/;

function logging(redaction: Parameters<typeof createRedaction>[0] = {}) {
  const written: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
  });
  const logger = createLogger('debug', { destination, redaction });
  return {
    logger,
    text: () => written.join(''),
    line: () => JSON.parse(written.at(-1) ?? '{}') as Record<string, unknown>,
  };
}

describe('a log line', () => {
  it.each(redactedAlways)('never shows %s, at whatever depth, in the line or in what a child always says', (name) => {
    const { logger, line, text } = logging();
    logger.info({ [name]: 'Kowalczyk', inner: { list: [{ [name.toUpperCase()]: 'Kowalczyk', kept: 1 }] } }, 'said');
    expect(line()).toMatchObject({ [name]: expect.stringMatching(mark), inner: { list: [{ kept: 1 }] } });
    logger.child({ [name]: 'Kowalczyk' }).info('said');
    expect(line()).toMatchObject({ [name]: expect.stringMatching(mark) });
    expect(text()).not.toContain('Kowalczyk');
  });

  it('shows what the operator has named besides as little', () => {
    const { logger, line } = logging({ fields: ['insuranceNumber'] });
    logger.warn({ insuranceNumber: 4711, tenantId: 'kept' }, 'said');
    expect(line()).toMatchObject({ insuranceNumber: expect.stringMatching(mark), tenantId: 'kept', msg: 'said' });
  });

  it('keeps what says nothing about anybody, and what has a form of its own', () => {
    const { logger, line } = logging();
    const at = new Date(0);
    logger.info({
      email: null,
      phone: undefined,
      at,
      count: 3,
      reason: 'the start failed',
      err: new TypeError('Kowalczyk'),
    });
    expect(line()).toMatchObject({ email: null, at: at.toISOString(), count: 3, reason: 'the start failed' });
    expect(line()['err']).toMatchObject({ type: 'TypeError' });
    expect(JSON.stringify(line())).not.toContain('Kowalczyk');
  });

  it('is not kept from being written by what refers to itself or goes on without end', () => {
    const { logger, line } = logging();
    const self: Record<string, unknown> = { email: 'a@b.example' };
    self['self'] = self;
    logger.info({ self }, 'said');
    expect(line()).toMatchObject({ msg: 'said', self: { email: expect.stringMatching(mark) } });
  });
});

describe('a mark', () => {
  const marked = (email: unknown, key?: string) => createRedaction({ key })({ email })['email'];

  it('is the same for equal values and the same key, and for nothing else', () => {
    expect(marked('a@b.example', 'k1')).toBe(marked('a@b.example', 'k1'));
    expect(marked('a@b.example', 'k1')).not.toBe(marked('c@b.example', 'k1'));
    expect(marked('a@b.example', 'k1')).not.toBe(marked('a@b.example', 'k2'));
    expect(marked({ a: 1 }, 'k1')).toBe(marked({ a: 1 }, 'k1'));
  });

  it('cannot be worked out from a likely value without the key', () => {
    expect(marked('a@b.example')).not.toBe(marked('a@b.example'));
  });
});
