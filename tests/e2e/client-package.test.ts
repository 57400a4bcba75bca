/** The client library as another team gets it: packed by npm, used by a page that has nothing of our web client. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  calmCamera,
  chromiumMissing,
  chromiumPath,
  launchBrowser,
  liveTracks,
  newPerson,
  type Person,
  seesAndHears,
} from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { ServerProcess } from '../support/process.ts';
import { createTenant, type TestPerson, type TestTenant, testPassword } from '../support/tenant.ts';
import { until } from '../support/until.ts';
import { planVisit, readVisit, spawnForBrowsers } from '../support/visit.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const suite = chromiumPath ? describe : describe.skip;

/** Builds and packs the package in a folder of its own; answers where its unpacked content is. */
async function packed(folder: string): Promise<string> {
  const home = path.join(folder, 'client');
  await cp(path.join(root, 'packages/client'), home, {
    recursive: true,
    filter: (from) => path.basename(from) !== 'dist',
  });
  await run(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    path.join(root, 'scripts/build-client.ts'),
    path.join(home, 'dist'),
  ]);
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--offline'], { cwd: home });
  const [made] = JSON.parse(stdout) as { filename: string }[];
  await run('tar', ['-xzf', made?.filename ?? '', '-C', folder], { cwd: home });
  return path.join(folder, 'package');
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Another team's web server, on an origin of its own. */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const file = path.join(folder, path.normalize(new URL(request.url ?? '/', 'http://localhost').pathname));
    readFile(file).then(
      (content) => response.writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'text/plain' }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

suite(`the client package${chromiumPath ? '' : ` (${chromiumMissing})`}`, () => {
  let folder: string;
  let content: string;
  let theirs: Server;
  let origin: string;
  let db: TestDatabase;
  let server: ServerProcess;
  let browser: Browser;
  let people: Person[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'housecall-client-'));
    content = await packed(folder);
    theirs = await serve(content);
    origin = `http://127.0.0.1:${(theirs.address() as AddressInfo).port}`;
    db = await createTestDatabase();
    server = await spawnForBrowsers(db, { MEDIA_ENGINE: 'auto', CORS_ORIGINS: origin });
    browser = await launchBrowser([calmCamera]);
  }, 120_000);
  afterEach(async () => {
    const faults = people.flatMap((person) => person.faults);
    await Promise.all(people.map((person) => person.context.close()));
    people = [];
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await db?.[Symbol.asyncDispose]();
    theirs?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function goIn(clinic: TestTenant, who: TestPerson, visit: string): Promise<Page> {
    const person = await newPerson(browser, `${origin}/example/index.html`);
    people.push(person);
    const { page } = person;
    await page.getByLabel('Server').fill(server.url);
    await page.getByLabel('E-mail').fill(clinic.users[who].email);
    await page.getByLabel('Password').fill(testPassword);
    await page.getByLabel('Visit').fill(visit);
    await page.getByRole('button', { name: 'Go in' }).click();
    return page;
  }

  it('carries a whole consultation between two pages of another origin: wait, start, see, hear, write, end', async () => {
    const clinic = await createTenant(db);
    const { id } = await planVisit(server.url, clinic);
    const patient = await goIn(clinic, 'patient', id);
    await patient.getByText('waiting, number 1').waitFor();
    const doctor = await goIn(clinic, 'doctor', id);
    await Promise.all([seesAndHears(doctor, 'the doctor’s'), seesAndHears(patient, 'the patient’s')]);
    await patient.getByLabel('Message', { exact: true }).fill('Can you see the rash?');
    await patient.getByRole('button', { name: 'Send' }).click();
    await doctor.getByText('They: Can you see the rash?').waitFor();
    await patient.getByText('You: Can you see the rash?').waitFor();
    await doctor.getByRole('button', { name: 'End for both' }).click();
    await patient.getByText('ended', { exact: true }).waitFor();
    expect(await readVisit(server.url, clinic, id)).toMatchObject({ status: 'ended', endReason: 'doctor_ended' });
    for (const page of [doctor, patient])
      await until('no camera or microphone is on', async () => (await liveTracks(page)) === 0);
  }, 180_000);

  it('has a licence, a description of its calls, types that a strict program compiles against, and a short example', async () => {
    const read = (file: string) => readFile(path.join(content, file), 'utf8');
    expect(await read('LICENSE')).toContain('Apache License');
    expect(JSON.parse(await read('package.json'))).toMatchObject({ license: 'Apache-2.0', type: 'module' });
    expect(await read('README.md')).toContain('createCall');
    expect((await read('example/index.html')).trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    const program = path.join(folder, 'program.ts');
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    await writeFile(
      program,
      `import { createCall, type CallState } from './package/dist/types/packages/client/src/index.js';
import { ChatLine } from './package/dist/types/packages/client/src/protocol.js';
const call = createCall({ meetingId: '0', token: () => Promise.resolve('t') });
const phase: CallState['phase'] = call.state.phase;
export const text: string = ChatLine.parse({}).text + phase;
// @ts-expect-error There is no such thing in the call.
call.dance();
`,
    );
    const options =
      '--noEmit --strict --target es2022 --lib es2024,dom,dom.iterable --module preserve --types node'.split(' ');
    const { stdout } = await run(path.join(root, 'node_modules/.bin/tsc'), [...options, program], {
      cwd: folder,
    }).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
  }, 180_000);
});
