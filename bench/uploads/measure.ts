/** How fast files are taken beside the floor, and what fifty at once cost in memory, round after round. */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { noClamd, startClamd } from '../../tests/support/clamd.ts';
import { noisyJpeg, pdfOfSize } from '../../tests/support/hostile-files.ts';
import { openClinic } from '../clinic.ts';
import { type BenchDatabase, openBenchDatabase } from '../database.ts';
import type { BenchProcess } from '../process/start.ts';
import { startThing, startUploadFloor } from '../servers.ts';

export const atOnce = 50;
export const bytesEach = 5 * 1_048_576;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);

export interface Side {
  /** Files a second, a round each. */
  perSecond: number[];
  /** Resident set in bytes: before the first round, and the most while fifty came, a round each. */
  before: number;
  most: number[];
}

/** Of one kind of file, with or without the scanner. */
export interface MeasuredUploads {
  name: string;
  bytes: number;
  thing: Side;
  floor: Side;
}

interface Sample {
  name: string;
  file: File;
}

export async function measureUploads(say: (line: string) => void): Promise<MeasuredUploads[]> {
  await using database = await openBenchDatabase();
  await using clinic = await openClinic(database.appUrl, 1);
  const token = clinic.couples[0]?.patientToken ?? '';
  const report: Sample = {
    name: 'PDF',
    file: new File([Uint8Array.from(pdfOfSize(bytesEach))], 'report.pdf', { type: 'application/pdf' }),
  };
  const photo: Sample = {
    name: 'photo of 8 megapixels',
    file: new File([Uint8Array.from(await noisyJpeg(3_264, 2_448, 78))], 'photo.jpg', { type: 'image/jpeg' }),
  };
  const measured = await measure({ database, token, say }, 'scanning off', {}, [report, photo]);
  if (noClamd) {
    say(noClamd);
    return measured;
  }
  await using clamd = await startClamd();
  const env = { CLAMD_HOST: '127.0.0.1', CLAMD_PORT: String(clamd.port) };
  return [...measured, ...(await measure({ database, token, say }, 'scanning on', env, [report]))];
}

interface Bench {
  database: BenchDatabase;
  token: string;
  say: (line: string) => void;
}

/** Thing and floor take turns, round by round. */
async function measure(
  { database, token, say }: Bench,
  scanning: string,
  env: Record<string, string>,
  samples: readonly Sample[],
): Promise<MeasuredUploads[]> {
  await using thing = await startThing(database, env);
  await using floor = await startUploadFloor(database, env);
  const measured: MeasuredUploads[] = [];
  for (const { name, file } of samples) {
    // What is loaded with the first file is not every file's.
    const begin = async (server: BenchProcess): Promise<Side> => {
      await send(server, token, file);
      return { perSecond: [], before: await residentSet(server), most: [] };
    };
    const sides = [
      { server: thing, side: await begin(thing) },
      { server: floor, side: await begin(floor) },
    ] as const;
    for (let round = 0; round < rounds; round += 1)
      for (const { server, side } of sides) await runRound(server, token, file, side);
    measured.push({
      name: `${name}, ${scanning}`,
      bytes: file.size,
      thing: sides[0].side,
      floor: sides[1].side,
    });
    const rates = sides.map(({ side }) => side.perSecond.map((rate) => rate.toFixed(1)).join(' '));
    say(`${name}, ${scanning}: ${rates[0]} files/s, floor ${rates[1]}`);
  }
  return measured;
}

async function runRound(server: BenchProcess, token: string, file: File, side: Side): Promise<void> {
  const watching = new AbortController();
  const watched = mostOf(server, watching.signal);
  const begun = performance.now();
  await Promise.all(Array.from({ length: atOnce }, () => send(server, token, file)));
  side.perSecond.push((atOnce * 1_000) / (performance.now() - begun));
  watching.abort();
  side.most.push(await watched);
}

async function send({ url }: BenchProcess, token: string, file: File): Promise<void> {
  const form = new FormData();
  form.set('category', 'lab_report');
  form.set('file', file);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/v1/uploads`, { method: 'POST', headers, body: form });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

async function mostOf(server: BenchProcess, signal: AbortSignal): Promise<number> {
  let most = 0;
  while (!signal.aborted) {
    most = Math.max(most, await residentSet(server));
    await pause(50);
  }
  return most;
}

/** As Linux tells it (proc(5)). */
async function residentSet({ child }: BenchProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1_024;
}
