/** A route without a declaration fails the build, and there is no other way to add one. */
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');
const undeclared = path.join(root, 'tests/support/doors/undeclared');
const sources = () => globSync(['src/**/*.ts', 'signaling/**/*.ts'], { cwd: root });
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

async function compile(): Promise<string> {
  const tsc = path.join(root, 'node_modules/.bin/tsc');
  const run = promisify(execFile)(tsc, ['--noEmit', '-p', undeclared], { cwd: root });
  return run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

test('routes that say not who may come in, or not what the audit trail calls them, do not compile', async () => {
  expect(readFileSync(path.join(undeclared, 'routes.ts'), 'utf8').match(/@ts-expect-error/g)).toHaveLength(8);
  // A directive with nothing to expect is an error: no output says that every one of them was met.
  expect(await compile()).toBe('');
}, 60_000);

/** What serves something that is no route: each says why in its first comment. Nothing of a clinic comes through them. */
const besideTheTable = [
  'src/app.ts',
  'src/platform/http/body.ts',
  'src/platform/http/health.ts',
  'src/platform/http/jwks-page.ts',
  'src/platform/http/metrics-page.ts',
  'src/platform/http/openapi/docs-page.ts',
  'src/platform/http/pipeline.ts',
  'src/platform/http/problem-page.ts',
  'src/platform/http/web-client.ts',
];

test('no other file has Express in its hands: what is served is declared with route(), or stands in this list', () => {
  const holders = sources().filter((file) => {
    const imports = textOf(file).matchAll(/^import\s+(?!type\b)([^;]*?)\s+from\s+'express'/gm);
    return [...imports].some(([, names]) => !/^\{(\s*type \w+,?)+\s*\}$/.test(names ?? ''));
  });
  expect(holders.toSorted()).toEqual(besideTheTable);
});

test('no other file adds a handler to an app or a router', () => {
  const adding = /\b(?:app|router)\s*(?:\.\s*(?:use|get|post|put|patch|delete|all|route|param|options|head)\s*\(|\[\w)/;
  const adders = sources().filter((file) => adding.test(textOf(file)));
  expect(adders.filter((file) => !besideTheTable.includes(file))).toEqual([]);
  expect(adders).toContain('src/platform/http/pipeline.ts');
});

test('signaling adds no handler to the HTTP server but Socket.IO’s own, and none to a socket but the dispatcher’s', () => {
  const listeners = sources()
    .filter((file) => file.startsWith('signaling/'))
    .filter((file) => /\.onAny\(|\bhttp\.(?:on|once|addListener)\(|socket\.on\('(?!disconnect')/.test(textOf(file)));
  expect(listeners.toSorted()).toEqual(['signaling/gateway/dispatcher.ts']);
});
