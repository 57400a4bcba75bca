/** What the metrics say of mail: how much waits, and for how long. */
import { type Database, withoutTenant_forNamedJob } from '../db/scope.ts';
import type { Metrics } from './metrics.ts';

interface MailLag {
  waiting: number;
  retried: number;
  given_up: number;
  seconds: number;
}

export function addMailMetrics(metrics: Metrics, { prisma }: Database): void {
  const lag = async (): Promise<MailLag> => {
    const [row] = await withoutTenant_forNamedJob(
      prisma,
      'measure-lag',
      (tx) => tx.$queryRaw<MailLag[]>`
        select waiting, retried, given_up, coalesce(extract(epoch from now() - oldest), 0)::float8 as seconds
          from mail_lag()`,
    );
    return row ?? { waiting: 0, retried: 0, given_up: 0, seconds: 0 };
  };
  metrics.gauge(
    'housecall_mails',
    'Mails that wait, those tried in vain, and those given up within a day.',
    async () => {
      const { waiting, retried, given_up } = await lag();
      return { waiting, retried, given_up };
    },
  );
  metrics.gauge(
    'housecall_mail_lag_seconds',
    'How long the oldest mail has waited.',
    async () => (await lag()).seconds,
  );
}
