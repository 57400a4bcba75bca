/** How fast files are taken, and what fifty at once cost in memory. */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { noClamd, startClamd } from '../../tests/support/clamd.ts';
import { pdfOfSize } from '../../tests/support/hostile-files.ts';
import { openClinic } from '../clinic.ts';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import type { BenchProcess } from '../process/start.ts';
import { startThing } from '../servers.ts';

export const atOnce = 50;
export const bytesEach = 5 * 1_048_576;
const rounds = 2;

/** Of one server. */
export interface MeasuredUploads {
  name: string;
  /** Files a second, a round each. */
  perSecond: number[];
  /** Resident set in bytes: before the first file, and the most while fifty came, a round each. */
  before: number;
  most: number[];
}

export async function measureUploads(say: (line: string) => void): Promise<MeasuredUploads[]> {
  await using database = await openBenchDatabase();
  await using clinic = await openClinic(database.appUrl, 1);
  const token = clinic.couples[0]?.patientToken ?? '';
  const measured = [await measure(database, token, 'scanning off', {})];
  say('scanning off');
  if (noClamd) {
    say(noClamd);
    return measured;
  }
  await using clamd = await startClamd();
  const env = { CLAMD_HOST: '127.0.0.1', CLAMD_PORT: String(clamd.port) };
  measured.push(await measure(database, token, 'scanning on', env));
  say('scanning on');
  return measured;
}

async function measure(
  database: BenchDatabase,
  token: string,
  name: string,
  env: Record<string, string>,
): Promise<MeasuredUploads> {
  await using thing = await startThing(database, env);
  // What is loaded with the first file is not every file's.
  await send(thing, token);
  const before = await residentSet(thing);
  const measured: MeasuredUploads = { name, perSecond: [], before, most: [] };
  for (let round = 0; round < rounds; round += 1) {
    const watching = new AbortController();
    const watched = mostOf(thing, watching.signal);
    const begun = performance.now();
    await Promise.all(Array.from({ length: atOnce }, () => send(thing, token)));
    measured.perSecond.push((atOnce * 1_000) / (performance.now() - begun));
    watching.abort();
    measured.most.push(await watched);
  }
  return measured;
}

async function send({ url }: BenchProcess, token: string): Promise<void> {
  const form = new FormData();
  form.set('category', 'lab_report');
  form.set('file', new File([Uint8Array.from(pdfOfSize(bytesEach))], 'report.pdf', { type: 'application/pdf' }));
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/v1/uploads`, { method: 'POST', headers, body: form });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

async function mostOf(thing: BenchProcess, signal: AbortSignal): Promise<number> {
  let most = 0;
  while (!signal.aborted) {
    most = Math.max(most, await residentSet(thing));
    await pause(50);
  }
  return most;
}

/** As Linux tells it (proc(5)). */
async function residentSet({ child }: BenchProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1_024;
}
