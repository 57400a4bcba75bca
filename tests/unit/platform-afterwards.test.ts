import { expect, test } from '@jest/globals';
import { Afterwards } from '../../src/platform/afterwards.ts';
import { memoryLogger } from '../support/serve-app.ts';

test('what is asked for is done after the asker goes on, one after the other, and a failure keeps nothing from the rest', async () => {
  const { logger, lines } = memoryLogger();
  const afterwards = new Afterwards(logger);
  const done: string[] = [];
  afterwards.do('one', async () => void done.push('one'));
  afterwards.do('two', () => Promise.reject(new Error('secret words')));
  afterwards.do('three', async () => void done.push('three'));
  done.push('asked');
  await afterwards.settled();
  expect(done).toEqual(['asked', 'one', 'three']);
  expect(lines).toEqual([expect.objectContaining({ msg: 'work was not done', work: 'two' })]);
  expect(JSON.stringify(lines)).not.toContain('secret words');
});

test('a stop finishes what was taken on and takes nothing more', async () => {
  const afterwards = new Afterwards(memoryLogger().logger);
  let finished = false;
  afterwards.do('one', async () => {
    finished = true;
  });
  await afterwards.close();
  expect(finished).toBe(true);
  expect(() => afterwards.do('two', async () => undefined)).toThrow('The server is stopping.');
});

test('too much at once is refused at once', async () => {
  const afterwards = new Afterwards(memoryLogger().logger);
  const { promise, resolve } = Promise.withResolvers<void>();
  for (let n = 0; n < 200; n += 1) afterwards.do('waits', () => promise);
  expect(() => afterwards.do('one more', async () => undefined)).toThrow('Try again in a moment.');
  resolve();
  await afterwards.settled();
  expect(() => afterwards.do('now', async () => undefined)).not.toThrow();
});
