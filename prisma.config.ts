import { defineConfig } from 'prisma/config';

// `generate`, `validate` and `format` never run the Rust schema engine, but the CLI wants one to exist and would
// download it. Any existing executable stands in for it; migrations go through prisma/migrate.ts.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
