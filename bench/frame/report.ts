/** Click to first decoded frame: Housecall and a minimal mediasoup server in turn, the same client, the same Chromium. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser } from '../../tests/support/browser.ts';
import globalSetup from '../../tests/support/global-setup.ts';
import globalTeardown from '../../tests/support/global-teardown.ts';
import { openClinic } from '../clinic.ts';
import { openBenchDatabase } from '../database.ts';
import { compare } from '../figures.ts';
import { type BenchProcess, startProcess } from '../process/start.ts';
import { startThing } from '../servers.ts';
import { figure, ratio, table } from '../table.ts';
import { reportVisits } from './visits.ts';

const rounds = 14;
/** Only one of the two: `server` for the same client at both servers, `visits` for the web client. */
const only = process.env['BENCH_FRAME'] ?? '';

export async function reportFrames(say: (line: string) => void): Promise<string> {
  const parts = [only === 'visits' ? '' : await reportServers(say), only === 'server' ? '' : await reportClients(say)];
  return parts.filter((part) => part !== '').join('\n\n');
}

async function reportClients(say: (line: string) => void): Promise<string> {
  await globalSetup();
  await using server = await startProcess({ file: 'bench/frame/floor.ts' });
  const page = await servePage();
  try {
    return await reportVisits({ server, url: page.url }, say);
  } finally {
    await page.close();
    await globalTeardown();
  }
}

async function reportServers(say: (line: string) => void): Promise<string> {
  await using database = await openBenchDatabase();
  await using clinic = await openClinic(database.appUrl, rounds + 1);
  await using thing = await startThing(database, { MEDIA_ENGINE: 'sfu', CORS_ORIGINS: 'http://127.0.0.1' });
  await using floor = await startProcess({ file: 'bench/frame/floor.ts' });
  const page = await servePage();
  const browser = await launchBrowser();
  try {
    const meetings = await clinic.schedule();
    const times: { thing: number; floor: number }[] = [];
    for (const [round, couple] of clinic.couples.entries()) {
      const meeting = meetings[round] ?? '';
      const tokens = { doctor: couple.doctorToken, patient: couple.patientToken };
      const measure = (server: BenchProcess) => firstFrame(browser, page.url, server, meeting, tokens);
      // Who goes first changes from round to round.
      const early = await measure(round % 2 === 0 ? thing : floor);
      const late = await measure(round % 2 === 0 ? floor : thing);
      const both = round % 2 === 0 ? { thing: early, floor: late } : { thing: late, floor: early };
      say(`round ${round}: ${figure(both.thing)} ms, floor ${figure(both.floor)} ms`);
      // The first round warms both up.
      if (round > 0) times.push(both);
    }
    const compared = compare(times);
    const what = 'click to first decoded frame, median ms';
    const row = [what, figure(compared.thing), figure(compared.floor), ratio(compared.ratio)];
    return table(['figure', 'Housecall', 'minimal mediasoup server', 'ratio'], [row]);
  } finally {
    await browser.close();
    await page.close();
  }
}

/** Milliseconds from the patient's click to the doctor's first frame. */
async function firstFrame(
  browser: Browser,
  base: string,
  server: BenchProcess,
  meeting: string,
  tokens: Record<'doctor' | 'patient', string>,
): Promise<number> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const open = async (as: 'doctor' | 'patient') => {
    const page = await context.newPage();
    await page.goto(`${base}/?${new URLSearchParams({ server: server.url, meeting, as, token: tokens[as] })}`);
    return page;
  };
  try {
    const [doctor, patient] = [await open('doctor'), await open('patient')];
    await doctor.click('button');
    await reaches(doctor, 'sending');
    await patient.click('button');
    return await reaches(patient, 'firstFrameMs');
  } finally {
    await context.close();
  }
}

interface BenchState {
  firstFrameMs: number | null;
  sending: boolean;
  fault: string | null;
}

async function reaches(page: Page, what: 'sending' | 'firstFrameMs'): Promise<number> {
  const handle = await page.waitForFunction(
    (name) => {
      const { benchState } = globalThis as unknown as { benchState: BenchState };
      return benchState.fault ?? benchState[name];
    },
    what,
    { timeout: 20_000 },
  );
  const value = await handle.jsonValue();
  if (typeof value === 'string') throw new Error(`The page could not join: ${value}`);
  return Number(value);
}

/** Bundles the client and serves it from the loopback. */
export async function servePage(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'housecall-bench-page-'));
  const entry = path.join(import.meta.dirname, 'page.ts');
  await build({
    configFile: false,
    logLevel: 'error',
    build: { outDir, lib: { entry, formats: ['es'], fileName: 'page' } },
  });
  const script = await readFile(path.join(outDir, 'page.js'));
  await rm(outDir, { recursive: true, force: true });
  const html = '<!doctype html><title>Bench</title><button>Join</button><script type="module" src="/page.js"></script>';
  const server: Server = createServer((req, res) => {
    const isScript = req.url === '/page.js';
    res.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html').end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
