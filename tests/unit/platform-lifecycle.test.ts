import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createLifecycle } from '../../src/platform/lifecycle.ts';

const quiet = pino({ level: 'silent' });

test('what was started last is stopped first, one after the other', async () => {
  const lifecycle = createLifecycle(quiet);
  const seen: string[] = [];
  for (const name of ['database', 'http', 'sockets']) {
    lifecycle.onStop(name, async () => {
      seen.push(`${name} stops`);
      await Promise.resolve();
      seen.push(`${name} stopped`);
    });
  }
  await lifecycle.stop('test');
  expect(seen).toEqual([
    'sockets stops',
    'sockets stopped',
    'http stops',
    'http stopped',
    'database stops',
    'database stopped',
  ]);
});

test('a step that fails or hangs does not keep the others from stopping', async () => {
  const lifecycle = createLifecycle(quiet, { stepTimeout: 20 });
  const seen: string[] = [];
  lifecycle.onStop('database', () => void seen.push('database'));
  lifecycle.onStop('hangs', () => new Promise(() => {}));
  lifecycle.onStop('fails', () => Promise.reject(new Error('no')));
  lifecycle.onStop('throws', () => {
    throw new Error('no');
  });
  await lifecycle.stop('test');
  expect(seen).toEqual(['database']);
});

test('stopping twice is one stop, for which both wait', async () => {
  const lifecycle = createLifecycle(quiet);
  let stopped = 0;
  lifecycle.onStop('once', async () => void (stopped += 1));
  await Promise.all([lifecycle.stop('one'), lifecycle.stop('two')]);
  await lifecycle.stop('three');
  expect(stopped).toBe(1);
});

test('it drains from the moment it stops', async () => {
  const lifecycle = createLifecycle(quiet);
  const during: boolean[] = [];
  lifecycle.onStop('look', () => void during.push(lifecycle.isDraining()));
  expect(lifecycle.isDraining()).toBe(false);
  await lifecycle.stop('test');
  expect(during).toEqual([true]);
  expect(lifecycle.isDraining()).toBe(true);
});
