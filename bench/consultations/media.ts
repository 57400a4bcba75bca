/**
 * What consultations with real pictures and sound take of the processor: of our Node and of mediasoup's worker, against a
 * minimal mediasoup server. Each is two Chromium pages with one and the same client that send and receive one picture and one
 * sound; the bytes are those that cross the loopback, where nothing else of weight goes.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../tests/support/browser.ts';
import { openClinic } from '../clinic.ts';
import { openBenchDatabase } from '../database.ts';
import { median } from '../figures.ts';
import { servePage } from '../frame/report.ts';
import { cpuOfChildren, memoryOfChildren } from '../process/cpu.ts';
import { ask } from '../process/messages.ts';
import type { Probe } from '../process/probe.ts';
import type { BenchProcess } from '../process/start.ts';
import { startMediaFloor, startThing } from '../servers.ts';
import { figure, table } from '../table.ts';

/** Fewer for a first look. */
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const seconds = 12;
/** The estimates of the bandwidth have grown by then. */
const settleMs = 8_000;

/** So much the encoders make of it; more consultations at a time with the smaller. */
const pictures = [
  { words: '320 × 240 at 20 a second', width: 320, height: 240, rate: 20, visits: 4 },
  { words: '640 × 480 at 30 a second', width: 640, height: 480, rate: 30, visits: 2 },
] as const;
type Picture = (typeof pictures)[number];

interface Taken {
  /** Milliseconds of processor time a second and consultation. */
  node: number;
  worker: number;
  /** Megabits a second that the worker takes in and gives out, in a consultation. */
  megabits: number;
  packets: number;
  /** Bytes that the workers grew by. */
  memory: number;
}

export async function reportMedia(say: (line: string) => void): Promise<string> {
  const most = Math.max(...pictures.map(({ visits }) => visits));
  await using database = await openBenchDatabase();
  await using clinic = await openClinic(database.appUrl, most);
  await using thing = await startThing(database, { MEDIA_ENGINE: 'sfu', CORS_ORIGINS: 'http://127.0.0.1' });
  await using floor = await startMediaFloor();
  const page = await servePage();
  const browser = await launchBrowser();
  try {
    const rows: string[][] = [];
    for (const picture of pictures) {
      const taken = { thing: [] as Taken[], floor: [] as Taken[] };
      for (let round = 0; round < rounds; round += 1) {
        const ids = await clinic.schedule();
        const order = round % 2 === 0 ? (['thing', 'floor'] as const) : (['floor', 'thing'] as const);
        for (const name of order) {
          const server = name === 'thing' ? thing : floor;
          const visits = clinic.couples.slice(0, picture.visits).map((couple, index) => ({
            meeting: ids[index] ?? '',
            tokens: { doctor: couple.doctorToken, patient: couple.patientToken },
          }));
          taken[name].push(await carry(browser, page.url, server, visits, picture));
        }
        say(`${picture.words}: round ${round + 1} of ${rounds}`);
      }
      rows.push(rowOf(picture, 'Housecall', taken.thing), rowOf(picture, 'minimal server', taken.floor));
    }
    const head = [
      'picture',
      'server',
      'Node CPU ms/s',
      'worker CPU ms/s',
      'Mbit/s in and out',
      'packets/s in and out',
      'worker kB more',
    ];
    return table(head, rows);
  } finally {
    await browser.close();
    await page.close();
  }
}

function rowOf({ words, visits }: Picture, server: string, taken: readonly Taken[]): string[] {
  const of = (key: keyof Taken) => figure(median(taken.map((one) => one[key])));
  const memory = figure(median(taken.map((one) => one.memory)) / 1_024);
  return [`${words}, ${visits} consultations`, server, of('node'), of('worker'), of('megabits'), of('packets'), memory];
}

interface Visit {
  meeting: string;
  tokens: Record<'doctor' | 'patient', string>;
}

/** All at a time, for some seconds; what one of them takes. */
async function carry(
  browser: Browser,
  base: string,
  server: BenchProcess,
  visits: readonly Visit[],
  { width, height, rate }: Picture,
): Promise<Taken> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const open = async (as: 'doctor' | 'patient', { meeting, tokens }: Visit) => {
    const page = await context.newPage();
    const words = { server: server.url, meeting, as, token: tokens[as], width, height, rate };
    await page.goto(
      `${base}/?${new URLSearchParams(Object.entries(words).map(([key, value]) => [key, String(value)]))}`,
    );
    await page.click('button');
    await reaches(page, 'sending');
    return page;
  };
  try {
    const before = await memoryOfChildren(server.child.pid ?? 0);
    const patients: Page[] = [];
    for (const visit of visits) {
      await open('doctor', visit);
      patients.push(await open('patient', visit));
    }
    for (const page of patients) await reaches(page, 'firstFrameMs');
    await pause(settleMs);
    const memory = (await memoryOfChildren(server.child.pid ?? 0)) - before;
    const from = await read(server);
    await pause(seconds * 1_000);
    const to = await read(server);
    const each = (key: keyof typeof from) => (to[key] - from[key]) / seconds / visits.length;
    const megabits = (each('bytes') * 8) / 1e6;
    return {
      node: each('node'),
      worker: each('worker'),
      megabits,
      packets: each('packets'),
      memory: memory / visits.length,
    };
  } finally {
    await context.close();
  }
}

async function read({ child }: BenchProcess) {
  const node = await ask<Probe, 'cpu'>(child, 'cpu');
  return { node, worker: await cpuOfChildren(child.pid ?? 0), ...(await loopback()) };
}

/** Each packet is counted once: what goes out of the loopback comes in there. */
async function loopback(): Promise<{ bytes: number; packets: number }> {
  const line = /^\s*lo:\s*(\d+)\s+(\d+)/m.exec(await readFile('/proc/net/dev', 'utf8'));
  return { bytes: Number(line?.[1]), packets: Number(line?.[2]) };
}

interface BenchState {
  firstFrameMs: number | null;
  sending: boolean;
  fault: string | null;
}

async function reaches(page: Page, what: 'sending' | 'firstFrameMs'): Promise<void> {
  const handle = await page.waitForFunction(
    (name) => {
      const { benchState } = globalThis as unknown as { benchState: BenchState };
      return benchState.fault ?? benchState[name];
    },
    what,
    { timeout: 30_000 },
  );
  const value: unknown = await handle.jsonValue();
  if (typeof value === 'string') throw new Error(`The page could not join: ${value}`);
}
