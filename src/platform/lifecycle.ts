/** Stopping in order: what was started last is stopped first, each with a time limit, and nothing keeps the rest from it. */
import type { Logger } from 'pino';

export interface Lifecycle {
  /** True from the first moment of stopping: `/readyz` says so, and nobody new is taken in. */
  isDraining(): boolean;
  /** Adds a step to the stop. Register right after what it stops was started. */
  onStop(name: string, stop: () => Promise<void> | void): void;
  /** Runs the steps, the latest first. Harmless twice: the second caller waits for the same stop. Never rejects. */
  stop(reason: string): Promise<void>;
}

/** `stepTimeout` in milliseconds: a step that takes longer is left behind. */
export function createLifecycle(logger: Logger, { stepTimeout = 10_000 } = {}): Lifecycle {
  const steps: { name: string; stop: () => Promise<void> | void }[] = [];
  let stopping: Promise<void> | undefined;

  const runAll = async (reason: string) => {
    logger.info({ reason }, 'stopping');
    for (let step = steps.pop(); step; step = steps.pop()) await runStep(step, stepTimeout, logger);
    logger.info('stopped');
  };
  return {
    isDraining: () => stopping !== undefined,
    onStop: (name, stop) => void steps.push({ name, stop }),
    stop: (reason) => (stopping ??= runAll(reason)),
  };
}

async function runStep(
  { name, stop }: { name: string; stop: () => Promise<void> | void },
  timeout: number,
  logger: Logger,
): Promise<void> {
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), timeout);
  try {
    const outcome = await Promise.race([Promise.resolve().then(stop), late.promise]);
    if (outcome === 'late')
      logger.error({ step: name, timeout }, 'a step of the stop took too long and was left behind');
  } catch (error) {
    logger.error({ step: name, err: error }, 'a step of the stop failed');
  } finally {
    clearTimeout(timer);
  }
}
