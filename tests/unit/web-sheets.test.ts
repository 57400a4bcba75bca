/** Mantine's sheets are taken one by one, so whoever uses another of its parts has to bring the part's own sheet. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');
const sheets = path.join(root, 'node_modules/@mantine/core/styles');
const texts = globSync('web/src/**/*.{ts,tsx}', { cwd: root }).map((file) => ({
  file,
  text: readFileSync(path.join(root, file), 'utf8'),
}));
const brought = new Set(
  texts.flatMap(({ text }) => [...text.matchAll(/'@mantine\/core\/styles\/(\w+)\.css'/g)].map(([, name]) => name)),
);

/** Names that a file takes from Mantine, without its types. */
function partsOf(text: string): string[] {
  return [...text.matchAll(/^import \{([^}]*)\} from '@mantine\/core';/gm)].flatMap(([, names]) =>
    (names ?? '').split(',').flatMap((name) => /^(\w+)/.exec(name.trim())?.[1] ?? []),
  );
}

it('every part of Mantine that a page shows has its sheet', () => {
  const used = texts.flatMap(({ file, text }) => partsOf(text).map((part) => ({ file, part })));
  expect(used.map(({ part }) => part)).toContain('Button');
  const bare = used.filter(({ part }) => existsSync(path.join(sheets, `${part}.css`)) && !brought.has(part));
  expect(bare).toEqual([]);
});
