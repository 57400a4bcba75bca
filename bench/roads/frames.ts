/** When a page decodes new pictures, and for how long it did not. */
import type { Page } from 'playwright-core';

interface Watched {
  housecallMedia: { connections: RTCPeerConnection[] };
  housecallFrames?: { at: number[]; timer: number };
}

/** From now on the page notes, 50 times a second, at which epoch millisecond it had a new picture. Begins anew when called again. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const here = globalThis as unknown as Watched;
    clearInterval(here.housecallFrames?.timer);
    const before = new Map<string, number>();
    const at: number[] = [];
    const look = async (): Promise<void> => {
      let isNew = false;
      for (const [index, connection] of here.housecallMedia.connections.entries()) {
        if (connection.connectionState === 'closed') continue;
        for (const report of (await connection.getStats()).values()) {
          if (report.type !== 'inbound-rtp' || report.kind !== 'video' || !report.trackIdentifier) continue;
          const id = `${index}:${report.id}`;
          const frames: number = report.framesDecoded ?? 0;
          if (frames > (before.get(id) ?? 0)) isNew = true;
          before.set(id, frames);
        }
      }
      if (isNew) at.push(Date.now());
    };
    here.housecallFrames = { at, timer: Number(setInterval(() => void look().catch(() => undefined), 20)) };
  });
}

/** Milliseconds from `since` to the first new picture noted after it; the page must be watched since before. */
export async function firstFrameAfter(page: Page, since: number, limitMs = 60_000): Promise<number> {
  const handle = await page.waitForFunction(
    (from) => (globalThis as unknown as Watched).housecallFrames?.at.find((at) => at > from),
    since,
    { timeout: limitMs, polling: 50 },
  );
  return Number(await handle.jsonValue()) - since;
}

/** The longest time in milliseconds between two pictures from `since` until now. */
export async function longestGap(page: Page, since: number): Promise<number> {
  return page.evaluate((from) => {
    const noted = (globalThis as unknown as Watched).housecallFrames?.at.filter((at) => at >= from) ?? [];
    const all = [from, ...noted, Date.now()];
    return Math.max(...all.slice(1).map((at, index) => at - (all[index] ?? at)));
  }, since);
}
