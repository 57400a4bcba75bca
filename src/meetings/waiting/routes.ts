/** Who waits for whom, over REST: what the socket tells as it changes. */
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { seesAll } from '../policy.ts';
import { clinicQueues } from '../queue.ts';
import type { MeetingDeps } from '../transact.ts';
import { QueueQuery, Queues } from './schema.ts';

export function queueRoutes({ clock }: MeetingDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/queues',
      summary:
        'Who is waiting for which doctor, in the order in which they are called: the front desk all, a doctor the own',
      tag: 'meetings',
      access: { scopes: ['queues:read'] },
      audit: { action: 'meeting.queues' },
      query: QueueQuery,
      reply: Queues,
      handler: async ({ actor, db }, { query }) => ({
        items: await clinicQueues(db, clock.now(), whose(actor, query.doctorId)),
        nextCursor: null,
      }),
    }),
  ];
}

/** FORBIDDEN for a doctor who asks for another one's. */
function whose(actor: Actor, doctorId: string | undefined): string | undefined {
  if (seesAll(actor)) return doctorId;
  const own = actor.roles.includes('doctor') ? actor.practitionerId : null;
  if (own === null || (doctorId ?? own) !== own) throw new AppError('FORBIDDEN', 'Doctors see their own queue only.');
  return own;
}
