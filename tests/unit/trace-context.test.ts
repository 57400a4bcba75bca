/** The traceparent field, by the examples of W3C Trace Context. */
import { expect, test } from '@jest/globals';
import { readTraceParent, writeTraceParent } from '../../src/platform/telemetry/trace-context.ts';
import { traceParent, withSpan } from '../../src/platform/telemetry/tracing.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';

test.each([
  [`00-${trace}-${span}-01`, 1],
  [`00-${trace}-${span}-00`, 0],
  [`00-${trace}-${span}-ff`, 1],
  // A later version may say more.
  [`cc-${trace}-${span}-01-what-the-future-will-be-like`, 1],
])('%s is read', (text, traceFlags) => {
  expect(readTraceParent(text)).toEqual({ traceId: trace, spanId: span, traceFlags, isRemote: true });
});

test.each([
  '',
  'nonsense',
  `00-${trace}-${span}`,
  `00-${trace.toUpperCase()}-${span}-01`,
  `00-${'0'.repeat(32)}-${span}-01`,
  `00-${trace}-${'0'.repeat(16)}-01`,
  `ff-${trace}-${span}-01`,
  `00-${trace}-${span}-01-more`,
  `00-${trace}-${span}-01'; drop table outbox; --`,
  `00-${trace}-${span}-0x`,
])('"%s" begins no trace', (text) => {
  expect(readTraceParent(text)).toBeUndefined();
});

test('what is written is read again', () => {
  const text = `00-${trace}-${span}-01`;
  const read = readTraceParent(text);
  expect(read && writeTraceParent(read)).toBe(text);
});

test('while nobody wants traces, work is done and no span is made', async () => {
  await expect(withSpan('work', {}, (made) => [made, traceParent()])).resolves.toEqual([undefined, undefined]);
  await expect(withSpan('work', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
