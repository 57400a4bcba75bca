/** Directory, catalogue, hours and free times over REST on a real database, without the rest of the server. */
import { schedulingRoutes } from '../../src/scheduling/index.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type Answered, type ServedApp, serveApp } from './serve-app.ts';
import { createTenant, type TestPerson, type TestTenant } from './tenant.ts';

export interface SchedulingDesk extends AsyncDisposable {
  [Symbol.asyncDispose](): Promise<void>;
  db: TestDatabase;
  app: ServedApp;
  /** Stands still until the test sets it. */
  clock: { now(): Date; set(iso: string): void };
  tenant(options?: Parameters<typeof createTenant>[1]): Promise<TestTenant>;
  as(tenant: TestTenant, person: TestPerson, method: string, path: string, body?: unknown): Promise<Answered>;
}

export async function openSchedulingDesk(now: string): Promise<SchedulingDesk> {
  const db = await createTestDatabase();
  let at = new Date(now);
  const clock = { now: () => at, set: (iso: string) => void (at = new Date(iso)) };
  const app = await serveApp({ routes: schedulingRoutes({ clock }), database: db.database });
  return {
    db,
    app,
    clock,
    tenant: (options) => createTenant(db, options),
    as: async (tenant, person, method, path, body) =>
      app.call(method, path, { token: await tenant.token(person), ...(body !== undefined && { body }) }),
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await db[Symbol.asyncDispose]();
    },
  };
}
