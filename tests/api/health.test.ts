import { expect, test } from '@jest/globals';
import { serveApp } from '../support/serve-app.ts';

const read = async (address: string) => {
  const answer = await fetch(address);
  return { status: answer.status, json: await answer.json() };
};

test('a process that lives says so, whatever is missing', async () => {
  await using app = await serveApp({
    routes: [],
    checks: [{ name: 'database', check: () => Promise.reject(new Error('down')) }],
  });
  expect(await read(`${app.url}/healthz`)).toEqual({ status: 200, json: { status: 'ok' } });
});

test('it is ready when every check holds', async () => {
  await using app = await serveApp({ routes: [], checks: [{ name: 'database', check: async () => {} }] });
  expect(await read(`${app.url}/readyz`)).toEqual({ status: 200, json: { status: 'ready' } });
});

test('it is not ready while something is missing, which is named without its reason', async () => {
  let down = true;
  await using app = await serveApp({
    routes: [],
    checks: [
      {
        name: 'database',
        check: async () => void (down && (await Promise.reject(new Error('postgresql://user:secret@host')))),
      },
      { name: 'queue', check: async () => {} },
    ],
  });
  expect(await read(`${app.url}/readyz`)).toEqual({
    status: 503,
    json: { status: 'unavailable', missing: ['database'] },
  });
  expect(app.logText()).toContain('"check":"database"');
  expect(app.logText()).not.toContain('secret');
  down = false;
  expect((await read(`${app.url}/readyz`)).status).toBe(200);
});

test('a check that does not answer counts as missing', async () => {
  await using app = await serveApp({ routes: [], checks: [{ name: 'database', check: () => new Promise(() => {}) }] });
  expect(await read(`${app.url}/readyz`)).toMatchObject({ status: 503, json: { missing: ['database'] } });
});

test('while it drains it is not ready, but lives', async () => {
  let draining = false;
  await using app = await serveApp({ routes: [], isDraining: () => draining });
  expect((await read(`${app.url}/readyz`)).status).toBe(200);
  draining = true;
  expect(await read(`${app.url}/readyz`)).toEqual({
    status: 503,
    json: { status: 'unavailable', missing: ['draining'] },
  });
  expect((await read(`${app.url}/healthz`)).status).toBe(200);
});
