/**
 * Makes a clinic and its first admin, and prints a password for the first sign-in:
 * `npm run create-clinic -- --slug riverside --name "Riverside Clinic" --time-zone Asia/Kolkata --admin it@riverside.example`
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createClinic, createPasswords } from '../src/identity/index.ts';
import { TenantSettings } from '../src/identity/tenants/schema.ts';
import { ConfigError, loadConfig } from '../src/platform/config.ts';
import { randomSecret } from '../src/platform/crypto.ts';
import { openDatabase } from '../src/platform/db/connect.ts';
import { createLogger } from '../src/platform/logger.ts';

const text = { type: 'string' } as const;
const options = { slug: text, name: text, 'time-zone': text, locale: text, 'emergency-number': text, admin: text };

const Input = z.object({
  slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'small letters, digits and hyphens'),
  name: z.string().trim().min(1).max(200),
  'time-zone': z.string(),
  locale: z.string().optional(),
  'emergency-number': z.string().optional(),
  admin: z.email(),
});

async function main(): Promise<void> {
  const input = Input.parse(parseArgs({ options }).values);
  const settings = TenantSettings.parse({
    timeZone: input['time-zone'],
    ...(input.locale && { locale: input.locale }),
    ...(input['emergency-number'] && { emergencyNumber: input['emergency-number'] }),
  });
  const password = `Hc1-${randomSecret(15).toString('base64url')}`;
  const config = loadConfig();
  const opened = await openDatabase(config.database, config.dataDir, createLogger('warn'));
  try {
    const admin = { email: input.admin, displayName: 'Administrator', password };
    await createClinic(opened.database, createPasswords(), { slug: input.slug, name: input.name, settings, admin });
  } finally {
    await opened.close();
  }
  console.log(`The clinic ${input.slug} is there. Its admin signs in as ${input.admin} with ${password}`);
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
