/** docs/SECURITY-MODEL.md says what the code does: its table is the code's, and every file it points to is there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { isForServices } from '../../src/identity/api-keys/policy.ts';
import { personalScopes, type Scope, scopeCatalogue, scopesOf } from '../../src/identity/auth/scopes.ts';
import { roles } from '../../src/platform/actor.ts';

const root = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'docs/SECURITY-MODEL.md'), 'utf8');

/** As the document has it. */
function scopeTable(): string[] {
  const head = ['Scope', 'Lets its holder', ...roles, 'Given by', 'API key'];
  const rows = (Object.keys(scopeCatalogue) as Scope[]).map((scope) => [
    `\`${scope}\``,
    scopeCatalogue[scope].replace(/^./, (first) => first.toLowerCase()),
    ...roles.map((role) => (scopesOf([role]).includes(scope) ? '●' : '')),
    personalScopes.has(scope) ? 'anybody' : 'who has it',
    isForServices(scope) ? '●' : '',
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

test('the table of roles and scopes is the one of the code', () => {
  const told = text.split('\n').filter((line) => line.startsWith('|'));
  expect(told).toEqual(scopeTable());
});

test('every file that it points to is there', () => {
  const named = [...text.matchAll(/`((?:src|tests|signaling|docs|prisma)\/[\w./-]+)`/g)].map(([, file]) => file ?? '');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});
