/**
 * The connection that Prisma's schema engine migrates through. The stock adapter (7.10) cannot do it: it splits scripts at
 * every semicolon, which breaks function bodies; given a connection string it opens the main database as the shadow; it
 * drops the shadow while still connected to it; and it cannot decode the catalogue's "char" columns.
 */
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { Client, DatabaseError, Pool, type QueryResult } from 'pg';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

const charOid = 18;
const textOid = 25;

/**
 * Ends every script: marks the migration as finished inside the script's own transaction. The engine does it afterwards
 * in another one, and a process killed between the two would leave a migration that is applied yet recorded as failed.
 */
const finish = `
;do $finish$ begin
  if to_regclass('public._prisma_migrations') is not null then
    update public._prisma_migrations set finished_at = clock_timestamp() where finished_at is null and rolled_back_at is null;
  end if;
end $finish$;`;

export class MigrationPg extends PrismaPg {
  readonly #url: string;
  readonly #pools: Pool[] = [];
  #refusal: string | undefined;

  constructor(url: string) {
    super({ connectionString: url });
    this.#url = url;
  }

  /** What PostgreSQL last refused in a script; the engine's own error leaves it out. Details, which quote rows, are not in it. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  override connect(): Promise<Adapter> {
    return this.#open(this.#url);
  }

  override async connectToShadowDb(): Promise<Adapter> {
    const name = `prisma_shadow_${randomUUID().replaceAll('-', '')}`;
    await this.#admin(`create database "${name}"`);
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    const adapter = await this.#open(url.href);
    adapter.dispose = () => this.#admin(`drop database "${name}" with (force)`);
    return adapter;
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.splice(0).map((pool) => pool.end()));
  }

  async #open(url: string): Promise<Adapter> {
    // One connection, so that a script's session state stays in place and the shadow database can be dropped.
    const pool = new Pool({ connectionString: url, max: 1, application_name: 'housecall-migrate' });
    // Without a listener a dropped idle connection would end the process; the next query reports it anyway.
    pool.on('error', () => {});
    this.#pools.push(pool);
    const adapter = await new PrismaPg(pool).connect();
    // The simple protocol runs a whole file in one implicit transaction, as the native engine does.
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script + finish);
      } catch (error) {
        if (error instanceof DatabaseError) this.#refusal = [error.message, error.hint].filter(Boolean).join(' ');
        throw error;
      }
    };
    decodeCharColumns(pool, adapter);
    return adapter;
  }

  async #admin(sql: string): Promise<void> {
    const client = new Client({ connectionString: this.#url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

/** Shows the adapter "char" columns as text, then tells the engine what they are. One connection: one query at a time. */
function decodeCharColumns(pool: Pool, adapter: Adapter): void {
  let charColumns: number[] = [];
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<QueryResult>;
  pool.query = (async (...args: unknown[]) => {
    const result = await query(...args);
    charColumns = [];
    // A script of several statements answers with a list of results, which has no fields.
    for (const [i, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== charOid) continue;
      field.dataTypeID = textOid;
      charColumns.push(i);
    }
    return result;
  }) as typeof pool.query;
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (sql) => {
    const set = await queryRaw(sql);
    for (const i of charColumns) set.columnTypes[i] = ColumnTypeEnum.Character;
    return set;
  };
}
