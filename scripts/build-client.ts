/**
 * Builds the client package: `npm run build:client`, or with a folder to build into instead of packages/client/dist.
 * Three scripts and the types, all from the sources that the web client itself runs on.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const home = path.join(root, 'packages/client');
const out = path.resolve(process.argv[2] ?? path.join(home, 'dist'));

/** `external`: left for the program's own bundler; nothing is left out of the standalone script. */
async function bundle(name: string, entry: string, external: readonly RegExp[]): Promise<void> {
  await build({
    configFile: false,
    root: home,
    logLevel: 'warn',
    build: {
      target: 'es2023',
      outDir: out,
      emptyOutDir: false,
      sourcemap: true,
      minify: external.length === 0,
      lib: { entry: path.join(home, 'src', entry), formats: ['es'], fileName: () => `${name}.js` },
      rolldownOptions: { external: [...external], output: { codeSplitting: false } },
    },
  });
}

const dependencies = [/^mediasoup-client/, /^socket\.io-client/, /^zod/];

await rm(out, { recursive: true, force: true });
await bundle('index', 'index.ts', dependencies);
await bundle('protocol', 'protocol.ts', dependencies);
await bundle('standalone', 'index.ts', []);
// What is checked is checked by `npm run check:types`; here the declarations are only written.
const tsc = path.join(root, 'node_modules/.bin/tsc');
await promisify(execFile)(tsc, ['-p', home, '--noCheck', '--outDir', path.join(out, 'types')]);
