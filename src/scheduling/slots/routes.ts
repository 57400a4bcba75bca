import type { Clock } from '../../platform/clock.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { findSlots } from './find.ts';
import { SlotPage, SlotQuery } from './schema.ts';

export function slotRoutes({ clock }: { clock: Clock }): Route[] {
  return [
    route({
      method: 'get',
      path: '/slots',
      summary: 'Free times for a service, of one practitioner or of all who give it, the earliest first',
      tag: 'scheduling',
      access: { scopes: ['slots:read'] },
      audit: { none: 'Free times say nothing about anybody who is booked.' },
      query: SlotQuery,
      reply: SlotPage,
      handler: ({ db }, { query }) => findSlots(db, query, clock.now()),
    }),
  ];
}
