/**
 * `npm run setup:media`: fetches mediasoup's own worker program, which `npm ci` leaves out because it needs the internet
 * beyond the package registry. With `-- --build` it is built here when it cannot be fetched (Python, a compiler, minutes).
 * Ends with 0 when the worker runs afterwards, else with 1.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { listChoices } from '../signaling/media/choose.ts';
import { loadOfficial, startWorker, stopWorker } from '../signaling/media/sfu/mediasoup.ts';

const mayBuild = process.argv.includes('--build');
const limitMs = mayBuild ? 40 * 60_000 : 3 * 60_000;
/** The package's main file is node/lib/index.js. */
const packageFolder = path.resolve(createRequire(import.meta.url).resolve('mediasoup'), '../../..');

/** Runs the package's own install script, in its own process group so that nothing of it outlives the limit. */
async function install(): Promise<{ isDone: boolean; output: string }> {
  // Without --build its fallback to compiling is cut off where it begins: at Python.
  const env = mayBuild ? process.env : { ...process.env, PYTHON: 'no-build-without---build' };
  const child = spawn(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
    cwd: packageFolder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (mayBuild) process.stdout.write(text);
    });
  }
  const timer = setTimeout(() => {
    output += `\nIt took longer than ${limitMs / 60_000} minutes.`;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, limitMs);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return { isDone: code === 0, output };
}

/** The package's own words about the download, without its log prefix. */
function reasonIn(output: string): string {
  const said = output.split('\n').filter((line) => /failed to|no available|fails to run|It took longer/.test(line));
  return said.map((line) => line.replace(/^.*?downloadPrebuiltWorker\(\) \| /, '  ')).join('\n');
}

async function isRunning(): Promise<boolean> {
  const official = await loadOfficial();
  if (!official) return false;
  try {
    await stopWorker(await startWorker(official));
    return true;
  } catch {
    console.log('The worker of mediasoup is installed, but it does not start on this system.');
    return false;
  }
}

async function sayChoice(production: boolean): Promise<void> {
  const [choice] = await listChoices({ engine: 'auto', production });
  const where = production ? 'In production' : 'Outside production';
  console.log(`${where}, MEDIA_ENGINE=auto takes ${choice ? `${choice.kind}: ${choice.why}` : 'nothing'}.`);
}

let runs = await isRunning();
if (runs) {
  console.log('The worker of mediasoup is installed and starts.');
} else {
  console.log(`Fetching the worker of mediasoup (at most ${limitMs / 60_000} minutes) ...`);
  const { isDone, output } = await install();
  runs = isDone && (await isRunning());
  if (runs) {
    console.log('The worker of mediasoup is installed and starts.');
  } else {
    const reason = reasonIn(output);
    console.log(`The worker of mediasoup could not be installed${reason ? `:\n${reason}` : '.'}`);
    console.log('It comes from github.com: allow that address, or name a mirror of its release folder in');
    console.log('MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL, or build it with `npm run setup:media -- --build`.');
  }
}
await sayChoice(true);
await sayChoice(false);
process.exitCode = runs ? 0 : 1;
