/** Who may know whom (docs/ARCHITECTURE.md), stated as rules; each failure names the right place. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../..');
/** From the lowest to the highest: a wing may import the ones before it, through their index.ts. */
const wings = [
  'identity',
  'records',
  'scheduling',
  'meetings',
  'payments',
  'assistant',
  'engagement',
  'interop',
  'insight',
];
const leaves = /\/(schema|events)\.ts$|^signaling\/protocol\//;
const vendors =
  /^(mediasoup|@mafalda-sfu\/mediasoup|razorpay|twilio|nodemailer|@aws-sdk\/|ai$|@ai-sdk\/|openid-client|pdfkit)/;

interface Import {
  from: string;
  /** A path from the root for our own files, else the package's name. */
  to: string;
  /** Gone when the types are. */
  isType: boolean;
}

function sources(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }))
    .filter((file) => !file.includes('node_modules'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const named = [
    ...text.matchAll(
      /^\s*(?:import|export)\b[^'"]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|^import\s+['"]([^'"]+)['"]/gm,
    ),
  ];
  return named.map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? '';
    const to = target.startsWith('.') ? path.join(path.dirname(file), target) : target;
    return { from: file, to, isType: /^\s*(?:import|export) type\b/.test(match[0]) };
  });
}

function wingOf(file: string): string | undefined {
  return wings.find((wing) => file.startsWith(`src/${wing}/`));
}

const all = sources('src', 'signaling').flatMap(importsOf);

/** The rule is kept when `bad` finds nothing; what it finds is listed as "from → to". */
function offenders(imports: readonly Import[], bad: (one: Import) => boolean): string[] {
  return imports.filter(bad).map(({ from, to }) => `${from} → ${to}`);
}

describe('the house', () => {
  it('finds the imports that the rules are about', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all).toContainEqual({ from: 'src/main.ts', to: 'src/compose.ts', isType: false });
  });

  it('has a platform that knows no feature: what a feature needs from there is handed in by src/compose.ts', () => {
    expect(offenders(all, ({ from, to }) => from.startsWith('src/platform/') && wingOf(to) !== undefined)).toEqual([]);
    expect(offenders(all, ({ from, to }) => from.startsWith('src/platform/') && to.startsWith('signaling/'))).toEqual(
      [],
    );
  });

  it('has wings that import only the wings above them in the list; the other way goes by a fact of the outbox', () => {
    const upward = ({ from, to }: Import) => {
      const [here, there] = [wingOf(from), wingOf(to)];
      return (
        here !== undefined && there !== undefined && !leaves.test(to) && wings.indexOf(there) > wings.indexOf(here)
      );
    };
    expect(offenders(all, upward)).toEqual([]);
  });

  it('has wings that enter another wing through an index.ts, or through a leaf (schema.ts, events.ts)', () => {
    const around = ({ from, to }: Import) => {
      const [here, there] = [wingOf(from), wingOf(to)];
      return there !== undefined && here !== there && !to.endsWith('/index.ts') && !leaves.test(to);
    };
    expect(offenders(all, around)).toEqual([]);
  });

  it('has a src that knows of signaling only its protocol; src/main.ts starts it and src/meetings implements its gate', () => {
    const reaches = ({ from, to }: Import) =>
      from.startsWith('src/') &&
      to.startsWith('signaling/') &&
      !leaves.test(to) &&
      !/^src\/(main|compose(-[a-z]+)?)\.ts$/.test(from) &&
      !(from.startsWith('src/meetings/') && to === 'signaling/meeting-gate.ts');
    expect(offenders(all, reaches)).toEqual([]);
  });

  it('has a signaling that asks meetings through its own port, signaling/meeting-gate.ts', () => {
    expect(offenders(all, ({ from, to }) => from.startsWith('signaling/') && wingOf(to) !== undefined)).toEqual([]);
  });

  it('has leaves that import nothing but zod and other leaves', () => {
    const heavy = ({ from, to }: Import) => leaves.test(from) && to !== 'zod' && !leaves.test(to);
    expect(offenders(all, heavy)).toEqual([]);
  });

  it('reads process.env in src/platform/config.ts alone', () => {
    const readers = sources('src', 'signaling').filter((file) =>
      /\bprocess\.env\b/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(readers).toEqual(['src/platform/config.ts']);
  });

  it('makes the Prisma client in src/platform/db alone', () => {
    const made = sources('src', 'signaling').filter((file) =>
      /new PrismaClient\(/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(made).toEqual(['src/platform/db/client.ts']);
    const generated = ({ from, to }: Import) =>
      to.startsWith('prisma/generated') && !from.startsWith('src/platform/db/');
    expect(offenders(all, generated)).toEqual([]);
  });

  it('imports vendor SDKs in src/adapters alone, and mediasoup in signaling/media/sfu alone', () => {
    const outside = ({ from, to }: Import) =>
      vendors.test(to) &&
      !from.startsWith('src/adapters/') &&
      !(from.startsWith('signaling/media/sfu/') && to.includes('mediasoup'));
    expect(offenders(all, outside)).toEqual([]);
  });

  it('has a browser client that shares the protocol and the types of schemas with the server, and nothing else', () => {
    const shared = sources('web/src').flatMap(importsOf);
    const reaches = ({ to, isType }: Import) =>
      /^(src|prisma|signaling)\//.test(to) && !to.startsWith('signaling/protocol/') && !(isType && leaves.test(to));
    expect(offenders(shared, reaches)).toEqual([]);
  });

  it('has a call core in the browser that runs without React', () => {
    const core = sources('web/src/call').flatMap(importsOf);
    expect(offenders(core, ({ to }) => /^(react|@mantine|@tanstack)/.test(to))).toEqual([]);
  });

  it('has no drawers for odds and ends: a thing is named after what it is', () => {
    const drawers = sources('src', 'signaling', 'web/src').filter((file) =>
      /\/(utils?|helpers?|common|misc)\.tsx?$|\/(utils?|helpers?|common|misc)\//.test(file),
    );
    expect(drawers).toEqual([]);
  });
});
