/**
 * Looks whether a clinic's audit trail is as it was written: `npm run verify-audit -- --clinic riverside`. Prints the head
 * of its chain, to be kept elsewhere; given back as `--head position:hash` it must still be in the chain. Ends with 1 and
 * names what it found when something is wrong.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findTenant } from '../src/identity/index.ts';
import { ConfigError, loadConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/db/connect.ts';
import { createLogger } from '../src/platform/logger.ts';
import { readHead, verifyTrail } from '../src/records/index.ts';

const text = { type: 'string' } as const;

const Input = z.object({
  clinic: z.string().min(1, "must be the clinic's short name"),
  head: z
    .string()
    .regex(/^[1-9][0-9]{0,14}:[0-9a-f]{64}$/, 'must be position:hash, as this command printed it')
    .optional(),
});

async function main(): Promise<void> {
  const { clinic, head } = Input.parse(parseArgs({ options: { clinic: text, head: text } }).values);
  const config = loadConfig();
  const opened = await openDatabase(config.database, config.dataDir, createLogger('warn'));
  try {
    const tenantId = await findTenant(opened.database, clinic);
    if (tenantId === undefined) throw new Error('There is no such clinic.');
    const result = await verifyTrail(opened.database.tenant(tenantId), {
      expected: head === undefined ? undefined : readHead(head),
      onFault: ({ kind, entryId, position }) =>
        console.error(`${kind.replace('_', ' ')}: entry ${entryId ?? 'unknown'}, position ${position ?? 'none'}`),
    });
    console.log(`${result.entries} entries, ${result.unsealed} of them not sealed yet, ${result.faultCount} faults.`);
    if (result.head) console.log(`Head: ${result.head.position}:${result.head.hash}`);
    if (!result.intact) process.exitCode = 1;
  } finally {
    await opened.close();
  }
}

try {
  await main();
} catch (error) {
  if (error instanceof z.ZodError) {
    for (const issue of error.issues) console.error(`--${String(issue.path[0] ?? '')}: ${issue.message}`);
  } else if (error instanceof ConfigError) {
    for (const line of error.lines) console.error(line);
  } else {
    console.error(error instanceof Error ? error.message : 'It failed.');
  }
  process.exitCode = 1;
}
