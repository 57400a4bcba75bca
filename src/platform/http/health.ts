/** Whether the process lives, and whether it can serve. For load balancers and supervisors: no limit, no identity. */
import { Router } from 'express';
import type { Logger } from 'pino';

/** Something that serving needs. `check` rejects when it is not there. */
export interface ReadyCheck {
  name: string;
  check(): Promise<void>;
}

export interface HealthDeps {
  checks: readonly ReadyCheck[];
  isDraining(): boolean;
  logger: Logger;
  /** Milliseconds after which a check that does not answer counts as failed. */
  timeout?: number;
}

export function healthRouter(deps: HealthDeps): Router {
  const { checks, logger, timeout = 2_000 } = deps;
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.setHeader('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const found = await Promise.all(
      checks.map(async (check) => ((await holds(check, timeout, logger)) ? [] : [check.name])),
    );
    const missing = [...(deps.isDraining() ? ['draining'] : []), ...found.flat()];
    res.setHeader('Cache-Control', 'no-store').status(missing.length === 0 ? 200 : 503);
    res.json(missing.length === 0 ? { status: 'ready' } : { status: 'unavailable', missing });
  });
  return router;
}

async function holds(check: ReadyCheck, timeout: number, logger: Logger): Promise<boolean> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('The check did not answer in time.')), timeout);
  try {
    await Promise.race([check.check(), late.promise]);
    return true;
  } catch (error) {
    logger.warn({ check: check.name, err: error }, 'not ready');
    return false;
  } finally {
    clearTimeout(timer);
  }
}
