/** The migrations as the server runs them, in a process of their own. Answers what they printed on either side. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const script = path.resolve(import.meta.dirname, '../../prisma/migrate.ts');

export function migrateNow(ownerUrl: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, 'deploy'], {
    env: { PATH: process.env.PATH, DATABASE_OWNER_URL: ownerUrl },
    encoding: 'utf8',
  });
  return stdout + stderr;
}
