/** The disk under DATA_DIR is full: the server refuses what it cannot keep, says so, loses nothing, and goes on by itself. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordedPid } from '../support/embedded-run.ts';
import { type ServerProcess, spawnServer } from '../support/process.ts';
import { call } from '../support/serve-app.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);

/** A new database takes about half of it. */
const size = '192m';
/** A disk of the test's own; undefined where this account may not mount one. */
const disk = mountOwn();
const suite = disk === undefined ? describe.skip : describe;

function mountOwn(): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'housecall-test-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'housecall-test', folder]);
  if (status === 0) return folder;
  rmdirSync(folder);
  return undefined;
}

suite(`a full disk${disk ? '' : ' (may not mount one here; run as root, as .ci/run does)'}`, () => {
  const at = disk ?? '';
  const dataDir = path.join(at, 'data');
  const filler = path.join(at, 'filler');
  let server: ServerProcess;
  let tokens: { admin: string; staff: string };
  let persons: { doctorId: string; patientId: string };
  beforeAll(async () => {
    server = await spawnServer({ DATA_DIR: dataDir, DEMO: 'on', RATE_LIMITS: 'off', LOG_LEVEL: 'error' }, 120_000);
    tokens = { admin: await signIn('admin'), staff: await signIn('staff') };
    const { json } = await ask('admin', 'GET', '/meetings?limit=1');
    const [known] = (json as { items: { doctorId: string; patientId: string }[] }).items;
    if (!known) throw new Error('The demo clinic has no meeting.');
    persons = { doctorId: known.doctorId, patientId: known.patientId };
  }, 150_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    spawnSync('umount', ['-l', at]);
    rmdirSync(at);
  });

  async function signIn(person: string): Promise<string> {
    const body = { email: `${person}@demo.clinic`, password: 'Housecall-Demo-1', tenant: 'demo' };
    const { json } = await call(`${server.url}/api/v1/auth/login`, 'POST', { body });
    return (json as { accessToken: string }).accessToken;
  }

  const ask = (person: keyof typeof tokens, method: string, to: string, body?: object) =>
    call(`${server.url}/api/v1${to}`, method, { token: tokens[person], ...(body && { body }) });

  /** Its id; undefined when it was refused, which must be in the words for that. */
  async function plan(): Promise<string | undefined> {
    const answer = await ask('staff', 'POST', '/meetings', { ...persons, scheduledAt: new Date().toISOString() });
    if (answer.status === 201) return (answer.json as { id: string }).id;
    expect(answer).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    return undefined;
  }

  const readiness = async () => {
    const answer = await fetch(`${server.url}/readyz`);
    return { status: answer.status, missing: ((await answer.json()) as { missing?: string[] }).missing ?? [] };
  };

  function isAlive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  const fill = () => run('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k']).catch(() => undefined);

  /** Writes until nothing more is taken; what was taken. */
  async function planUntilRefused(): Promise<string[]> {
    const taken: string[] = [];
    await until(
      'the disk is full',
      async () => {
        const id = await plan();
        if (id !== undefined) taken.push(id);
        return id === undefined;
      },
      25_000,
    );
    return taken;
  }

  async function expectKept(ids: readonly string[]): Promise<void> {
    for (const id of ids) expect((await ask('admin', 'GET', `/meetings/${id}`)).status).toBe(200);
  }

  it('refuses writes as UNAVAILABLE, is not ready, loses nothing, and goes on when there is room again', async () => {
    expect(await readiness()).toEqual({ status: 200, missing: [] });
    await fill();
    const taken = await planUntilRefused();
    const { status, missing } = await readiness();
    expect(status).toBe(503);
    expect(missing).toContain('disk');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await rm(filler);
    await until('it is ready', async () => (await readiness()).status === 200, 25_000);
    const next = await until('a meeting is taken', plan, 25_000);
    await expectKept([...taken, next]);
  }, 90_000);

  it('starts a PostgreSQL again that ended while it was full', async () => {
    const before = await until('a meeting is taken', plan);
    await fill();
    const pid = await recordedPid(dataDir);
    process.kill(pid, 'SIGKILL');
    await until('it has ended', () => !isAlive(pid));
    expect((await readiness()).status).toBe(503);
    await rm(filler);
    await until('it is ready', async () => (await readiness()).status === 200, 45_000);
    await expectKept([before, await until('a meeting is taken', plan, 25_000)]);
  }, 120_000);
});
