/**
 * Run after every change of dependencies: `node scripts/complete-lock.mjs`.
 *
 * A registry mirror may lack some platforms' optional packages. `npm install` then leaves them out of package-lock.json
 * without a word, and `npm ci` refuses the lock ("Missing: … from lock file"). This adds the entries: a platform that
 * needs one fetches it, the others skip it.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const oses = new Set([
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]);
const cpus = new Set(['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']);

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
let added = 0;
for (const [where, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const at = `node_modules/${name}`;
    if (lock.packages[at] || lock.packages[`${where}/${at}`] || !/^\d/.test(version)) continue;
    lock.packages[at] = platformEntry(name, version, entry.dev);
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} entries added\n`);

function platformEntry(name, version, dev) {
  const words = name.split(/[-/]/);
  const os = words.find((word) => oses.has(word));
  const cpu = words.find((word) => cpus.has(word));
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : undefined;
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev: true }),
    ...(libc && { libc }),
    optional: true,
    ...(os && { os: [os] }),
  };
}
