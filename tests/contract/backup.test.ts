/** What docs/OPERATIONS.md says of a clinic's own database and of its backup, done as it stands there. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DebianPostgres, noPostgres, startDebianPostgres } from '../support/debian-postgres.ts';
import { type ServerProcess, spawnServer } from '../support/process.ts';
import { call } from '../support/serve-app.ts';
import { until } from '../support/until.ts';

const operations = readFileSync(path.resolve(import.meta.dirname, '../../docs/OPERATIONS.md'), 'utf8');
/** The statements that an administrator copies, with passwords of their own. */
const setUp = (/```sql\n([^`]*create database housecall[^`]*)```/.exec(operations)?.[1] ?? '').replaceAll('…', 'p');

const suite = noPostgres === undefined ? describe : describe.skip;

suite(`a clinic's own PostgreSQL${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  let postgres: DebianPostgres;
  let folder: string;
  beforeAll(async () => {
    postgres = await startDebianPostgres();
    folder = await mkdtemp(path.join(tmpdir(), 'housecall-backup-'));
    for (const statement of setUp.split(';').filter((one) => one.trim() !== '')) {
      await postgres.run('psql', '-qd', postgres.url('postgres'), '-c', statement);
    }
  }, 180_000);
  afterAll(async () => {
    await postgres?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const serve = (database: string): Promise<ServerProcess> =>
    spawnServer(
      {
        DATABASE_URL: postgres.url(database, 'housecall_app:p'),
        DATABASE_OWNER_URL: postgres.url(database, 'housecall_owner:p'),
        JWT_SECRET: 'a secret of this test, of no use to anybody',
        ENCRYPTION_KEY: 'a key of this test of no use to anybody at all',
        DATA_DIR: folder,
        DEMO: 'on',
      },
      120_000,
    );

  async function signIn(server: ServerProcess): Promise<string> {
    const credentials = { email: 'admin@demo.clinic', password: 'Housecall-Demo-1', tenant: 'demo' };
    const { json } = await call(`${server.url}/api/v1/auth/login`, 'POST', { body: credentials });
    return (json as { accessToken: string }).accessToken;
  }

  const ask = async <T>(server: ServerProcess, token: string, at: string): Promise<T> =>
    (await call(`${server.url}/api/v1${at}`, 'GET', { token })).json as T;

  /** Rows of every table, and which of them row-level security guards. */
  const contents = (database: string) =>
    postgres.run(
      'psql',
      '-Atd',
      postgres.url(database),
      '-c',
      `select c.relname, c.relforcerowsecurity,
         (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', c.relname), false, true, '')))[1]
       from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'node' order by 1`,
    );

  it('serves it, and a backup that is restored elsewhere has every row, every rule and an audit trail that is whole', async () => {
    let head: { position: number; hash: string } | null = null;
    {
      await using server = await serve('housecall');
      const token = await signIn(server);
      type Trail = { intact: boolean; unsealed: number; head: { position: number; hash: string } | null };
      await until('the trail is sealed', async () => {
        const trail = await ask<Trail>(server, token, '/admin/audit/verify');
        head = trail.head;
        return trail.intact && head !== null;
      });
      await server.kill('SIGTERM');
    }
    const dump = path.join(folder, 'housecall.dump');
    await postgres.run('pg_dump', '--format=custom', `--file=${dump}`, postgres.url('housecall'));
    await postgres.run(
      'createdb',
      '--owner=housecall_owner',
      `--maintenance-db=${postgres.url('postgres')}`,
      'restored',
    );
    await postgres.run('pg_restore', '--exit-on-error', `--dbname=${postgres.url('restored')}`, dump);
    expect(await contents('restored')).toBe(await contents('housecall'));

    await using server = await serve('restored');
    const token = await signIn(server);
    const { position, hash } = head as unknown as { position: number; hash: string };
    expect(await ask(server, token, `/admin/audit/verify?head=${position}:${hash}`)).toMatchObject({ intact: true });
    const { items } = await ask<{ items: unknown[] }>(server, token, '/meetings');
    expect(items.length).toBeGreaterThan(0);
  }, 300_000);

  it('gives no backup to the serving role, nor to the owner, whom row-level security binds too', async () => {
    for (const login of ['housecall_app:p', 'housecall_owner:p']) {
      const file = path.join(folder, 'refused.dump');
      await expect(
        postgres.run('pg_dump', '--format=custom', `--file=${file}`, postgres.url('housecall', login)),
      ).rejects.toThrow(/row-level security|permission denied/);
    }
  });
});
