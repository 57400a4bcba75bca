import { Client } from 'pg';
import type { Passwords } from './cluster.ts';

/** Makes the database and the serving role where they are missing; answers the two addresses. Harmless when repeated. */
export async function prepareDatabase(
  port: number,
  passwords: Passwords,
): Promise<{ ownerUrl: string; appUrl: string }> {
  const address = (role: string, password: string, database: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
  const client = new Client({ connectionString: address('postgres', passwords.owner, 'postgres') });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows: roles } = await client.query(`select from pg_roles where rolname = 'housecall_app'`);
    const verb = roles.length > 0 ? 'alter' : 'create';
    await client.query(
      `${verb} role housecall_app login nosuperuser nobypassrls nocreatedb nocreaterole password ${client.escapeLiteral(passwords.app)}`,
    );
    const { rows: databases } = await client.query(`select from pg_database where datname = 'housecall'`);
    if (databases.length === 0) await client.query('create database housecall');
  } finally {
    await client.end();
  }
  return {
    ownerUrl: address('postgres', passwords.owner, 'housecall'),
    appUrl: address('housecall_app', passwords.app, 'housecall'),
  };
}
