/** What browser tests of pages share: one server and one browser a file, and people who leave no fault behind. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { calmCamera, type Looks, launchBrowser, newPerson, type Person } from './browser.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import type { ServerProcess } from './process.ts';
import { type Answered, call } from './serve-app.ts';
import type { TestPerson, TestTenant } from './tenant.ts';
import { arrive, spawnForBrowsers } from './visit.ts';

export interface Browsing {
  readonly db: TestDatabase;
  readonly server: ServerProcess;
  readonly browser: Browser;
  /** Signs somebody in, and is there once the page has its frame. */
  come(clinic: TestTenant, who: TestPerson, looks?: Looks): Promise<Page>;
  /** Somebody whom the server does not know yet. */
  open(address: string, looks?: Looks): Promise<Page>;
  /** Counts somebody who came otherwise among those of this test, or of all that follow. */
  join(person: Person, stay?: 'for this test' | 'to the end'): Page;
  rest(clinic: TestTenant, who: TestPerson, method: string, path: string, body?: unknown): Promise<Answered>;
}

/** Closed after the tests. */
type Beside = AsyncDisposable & { env?: Record<string, string> };

/**
 * Call inside `describe`. `beside` starts what the server needs beside it, and says so in its environment. After each test
 * everybody goes who does not stay to the end, and no page may have had an error or left the machine.
 */
export function openBrowsing(beside: () => Promise<Beside> | Beside = () => nothing): Browsing {
  let db: TestDatabase;
  let extra: Beside;
  let server: ServerProcess;
  let browser: Browser;
  let people: Person[] = [];
  const staying: Person[] = [];
  beforeAll(async () => {
    db = await createTestDatabase();
    extra = await beside();
    [server, browser] = await Promise.all([spawnForBrowsers(db, extra.env), launchBrowser([calmCamera])]);
  }, 180_000);
  afterEach(async () => {
    const faults = [...people, ...staying].flatMap((person) => person.faults.splice(0));
    await Promise.all(people.map((person) => person.context.close()));
    people = [];
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await extra?.[Symbol.asyncDispose]();
    await db?.[Symbol.asyncDispose]();
  });
  function join(person: Person, stay: 'for this test' | 'to the end' = 'for this test'): Page {
    (stay === 'to the end' ? staying : people).push(person);
    return person.page;
  }
  return {
    get db() {
      return db;
    },
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    join,
    async come(clinic, who, looks) {
      const page = join(await arrive(browser, server.url, clinic, who, looks));
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      return page;
    },
    open: async (address, looks) => join(await newPerson(browser, server.url + address, looks)),
    rest: async (clinic, who, method, at, body) =>
      call(`${server.url}/api/v1${at}`, method, {
        token: await clinic.token(who),
        ...(body !== undefined && { body }),
      }),
  };
}

const nothing: Beside = { [Symbol.asyncDispose]: async () => undefined };

/** `SHOTS=folder` keeps pictures of pages at three widths, in light and dark, to be looked at. */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  for (const [width, height, colorScheme] of [
    [360, 740, 'light'],
    [768, 900, 'dark'],
    [1440, 900, 'light'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: path.join(folder, `${name}-${width}.png`), fullPage: true });
  }
  if (before) await page.setViewportSize(before);
}
