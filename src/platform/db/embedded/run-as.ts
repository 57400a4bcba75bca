/**
 * Whom PostgreSQL runs as. It refuses to run as root, so a server started by root picks another account: the one that
 * owns the data already, else `postgres`, else a number that belongs to nobody, which needs no entry anywhere.
 */
import { readFile, stat } from 'node:fs/promises';
import { DatabaseStartError } from '../start-error.ts';

export interface Account {
  uid: number;
  gid: number;
}

export interface RunAs {
  /** For the log: whom PostgreSQL runs as. */
  label: string;
  /** Undefined where the server's own account will do. */
  server: Account | undefined;
  /** As `server`, but surely listed in /etc/passwd, without which initdb will not run. */
  initdb: Account | undefined;
}

/** Reserved by Debian and outside of what systemd gives to services; inside what a container usually maps. */
const spareIds = [65_526, 65_525, 65_524, 65_523, 65_522, 65_521];

/** `cluster` is the folder with the data, which may not be there yet. Throws DatabaseStartError when no account will do. */
export async function chooseAccount(cluster: string, passwd = '/etc/passwd'): Promise<RunAs> {
  const owner = await stat(cluster).catch(() => undefined);
  const uid = process.getuid?.();
  if (uid === undefined || uid !== 0) {
    if (owner && uid !== undefined && owner.uid !== uid) {
      throw new DatabaseStartError(
        `${cluster} belongs to the user ${owner.uid} and this server runs as ${uid}. Start it as the user (or root) that made it.`,
      );
    }
    return {
      label: `the server's own user${uid === undefined ? '' : ` (${uid})`}`,
      server: undefined,
      initdb: undefined,
    };
  }
  if (process.platform !== 'linux') {
    throw new DatabaseStartError(
      'The embedded PostgreSQL does not run as root on this system. Start the server as an ordinary user, or set DATABASE_URL.',
    );
  }
  const listed = await readAccounts(passwd);
  const server = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : pickAccount(listed);
  const name = nameOf(server, listed);
  const initdb = name ? server : (listed.get('nobody') ?? [...listed.values()].find((account) => account.uid !== 0));
  if (!initdb) {
    throw new DatabaseStartError(
      'PostgreSQL does not run as root, and /etc/passwd lists nobody else. Add a user, or set DATABASE_URL.',
    );
  }
  return { label: `${name ?? 'an unused number'} (user ${server.uid}), since PostgreSQL refuses root`, server, initdb };
}

function pickAccount(listed: Map<string, Account>): Account {
  const postgres = listed.get('postgres');
  if (postgres && postgres.uid !== 0) return postgres;
  const taken = new Set([...listed.values()].map((account) => account.uid));
  const uid = spareIds.find((id) => !taken.has(id));
  if (uid === undefined) throw new DatabaseStartError('Add a user named postgres: PostgreSQL does not run as root.');
  return { uid, gid: uid };
}

function nameOf(account: Account, listed: Map<string, Account>): string | undefined {
  for (const [name, { uid }] of listed) if (uid === account.uid) return name;
  return undefined;
}

async function readAccounts(passwd: string): Promise<Map<string, Account>> {
  const accounts = new Map<string, Account>();
  for (const line of (await readFile(passwd, 'utf8').catch(() => '')).split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && uid && gid) accounts.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return accounts;
}
