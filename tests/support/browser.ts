/** A real Chromium with fake camera and microphone. One browser a test file, one context a person. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type MediaProxy, throughProxy } from './media-proxy.ts';
import { type Portrait, paintCamera } from './portrait.ts';
import { until } from './until.ts';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const chromiumPath = candidates.find((path) => existsSync(path));
/** For `describe` titles of suites that cannot run here. */
export const chromiumMissing = 'Chromium is not installed (apt-get install chromium)';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--lang=en-GB',
  // Nothing leaves the machine. Not by Playwright's routes: they stop every request, and take the pages their cache.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.*, EXCLUDE localhost, EXCLUDE *.local',
];

/** With half the pictures, for calls of which nothing is measured: both ends of them are on one small machine. */
export const calmCamera = '--use-fake-device-for-media-stream=fps=10';

/** Addresses elsewhere that tests answer themselves. */
export const standIns = new Set<string>();

export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  if (!chromiumPath) throw new Error(chromiumMissing);
  return chromium.launch({ executablePath: chromiumPath, headless: true, args: [...flags, ...more] });
}

/** What the page's own connections say about a track that comes in. */
export interface Inbound {
  /** Of this stream on this connection: what is built again counts from nothing, under another id. */
  id: string;
  kind: 'audio' | 'video';
  framesDecoded: number;
  width: number;
  height: number;
  packets: number;
  audioEnergy: number;
}

export interface Person {
  page: Page;
  context: BrowserContext;
  /** Errors of the page and requests to elsewhere: both must stay empty. */
  faults: string[];
}

/** Hooks RTCPeerConnection and getUserMedia before the page's scripts run, to be able to ask them later. */
function watchMedia(): void {
  const seen: { connections: RTCPeerConnection[]; tracks: MediaStreamTrack[] } = { connections: [], tracks: [] };
  Object.assign(globalThis, { housecallMedia: seen });
  const Original = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      seen.connections.push(this);
    }
  };
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints);
    seen.tracks.push(...stream.getTracks());
    return stream;
  };
}

/** As a browser behind a strict firewall finds no other way. */
function takeRelaysOnly(): void {
  const Original = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
    }
  };
}

export interface Looks {
  size?: { width: number; height: number };
  /** Painted instead of Chromium's green test picture. */
  portrait?: Portrait;
  /** The network between this person and the media server. */
  media?: MediaProxy;
  /** Nothing but the TURN server carries this person's media. */
  relayOnly?: boolean;
}

export async function newPerson(browser: Browser, base: string, looks: Looks = {}): Promise<Person> {
  const context = await browser.newContext({
    viewport: looks.size ?? { width: 1280, height: 800 },
    permissions: ['camera', 'microphone'],
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const faults: string[] = [];
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (['127.0.0.1', 'localhost'].includes(hostname) || ['data:', 'blob:'].includes(protocol)) return;
    if (!standIns.has(request.url())) faults.push(`a request was to leave the machine: ${hostname}`);
  });
  if (looks.portrait) await context.addInitScript(paintCamera, looks.portrait);
  if (looks.media) await throughProxy(context, looks.media);
  if (looks.relayOnly) await context.addInitScript(takeRelaysOnly);
  await context.addInitScript(watchMedia);
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
  });
  page.setDefaultTimeout(30_000);
  await page.goto(base);
  return { page, context, faults };
}

/** Media that comes in now, from the open connections of the page. */
export function inbound(page: Page): Promise<Inbound[]> {
  return page.evaluate(async () => {
    const { connections } = (globalThis as unknown as { housecallMedia: { connections: RTCPeerConnection[] } })
      .housecallMedia;
    const found: Inbound[] = [];
    for (const [index, connection] of connections.entries()) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        // The SFU's bandwidth probe is a second video entry without frames: only what belongs to a track counts.
        if (report.type !== 'inbound-rtp' || !report.trackIdentifier) continue;
        found.push({
          id: `${index}:${report.id}`,
          kind: report.kind,
          framesDecoded: report.framesDecoded ?? 0,
          width: report.frameWidth ?? 0,
          height: report.frameHeight ?? 0,
          packets: report.packetsReceived ?? 0,
          audioEnergy: report.totalAudioEnergy ?? 0,
        });
      }
    }
    return found;
  });
}

/**
 * Waits until the page decodes new video frames of a sensible size and receives new audio packets. Asks every `everyMs`:
 * the statistics of a call are much to ask a page for, which has to go on with the call. On a machine that does ten times
 * what it can, the sound comes first for half a minute (SPEC.md, QL3).
 */
export async function seesAndHears(page: Page, whose: string, limitMs = 90_000, everyMs = 100): Promise<void> {
  const earlier = new Map((await inbound(page)).map((one) => [one.id, one]));
  await until(
    `${whose} page decodes new video frames and receives audio`,
    async () => {
      const now = await inbound(page);
      const isSeen = now.some(
        ({ id, kind, framesDecoded, width, height }) =>
          kind === 'video' &&
          framesDecoded >= (earlier.get(id)?.framesDecoded ?? 0) + 5 &&
          width >= 160 &&
          height >= 120,
      );
      return (
        isSeen && now.some(({ id, kind, packets }) => kind === 'audio' && packets > (earlier.get(id)?.packets ?? 0))
      );
    },
    limitMs,
    everyMs,
  );
}

/** Tracks of camera and microphone that were ever handed out and still run. */
export function liveTracks(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { tracks } = (globalThis as unknown as { housecallMedia: { tracks: MediaStreamTrack[] } }).housecallMedia;
    return tracks.filter((track) => track.readyState === 'live').length;
  });
}
