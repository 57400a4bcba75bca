/** `npm run eval:guardrails`: scores the guardrails on their test set, writes the figures into docs/GUARDRAILS.md, exits 1 below the targets. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { report } from './guardrails/report.ts';

const page = path.resolve(import.meta.dirname, '../docs/GUARDRAILS.md');
const { markdown, missed, failures } = report();
console.log(markdown);
for (const line of failures) console.log(line);

const [before, rest] = readFileSync(page, 'utf8').split('<!-- figures -->\n');
const after = rest?.split('<!-- end of figures -->')[1];
if (before === undefined || after === undefined)
  throw new Error('docs/GUARDRAILS.md has lost the marks around its figures.');
writeFileSync(page, `${before}<!-- figures -->\n\n${markdown}\n<!-- end of figures -->${after}`);

if (missed.length > 0) {
  console.error(`Below the targets: ${missed.join('; ')}.`);
  process.exit(1);
}
