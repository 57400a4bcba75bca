/** How visits were rated, over REST. */
import { type Route, route } from '../../platform/http/route.ts';
import type { MeetingDeps } from '../transact.ts';
import { listComments } from './comments.ts';
import { ratingMonths, ratingTotals } from './figures.ts';
import { CommentPage, CommentQuery, RatingMonths, RatingMonthsQuery, RatingQuery, RatingTotals } from './schema.ts';

const tag = 'meetings';
const access = { scopes: ['ratings:read'] } as const;

export function ratingRoutes({ clock }: MeetingDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/ratings',
      summary: 'How visits were rated, on average: their own for doctors, any for staff and admins',
      tag,
      access,
      audit: { none: 'An average over five visits or more, nobody in it.' },
      query: RatingQuery,
      reply: RatingTotals,
      handler: ({ actor, db }, { query }) => ratingTotals(db, actor, query, clock.now()),
    }),
    route({
      method: 'get',
      path: '/ratings/by-month',
      summary: 'The same by month and doctor, the newest month first',
      tag,
      access,
      audit: { none: 'Averages over five visits or more, nobody in them.' },
      query: RatingMonthsQuery,
      reply: RatingMonths,
      handler: ({ actor, db }, { query }) => ratingMonths(db, actor, query, clock.now()),
    }),
    route({
      method: 'get',
      path: '/ratings/comments',
      summary: 'What patients wrote about their visits, the newest first: for the clinic, not for the doctors',
      tag,
      access: { scopes: ['ratings:read', 'meetings:read-all'] },
      audit: { action: 'rating.comments', purpose: 'HOPERAT' },
      query: CommentQuery,
      reply: CommentPage,
      handler: ({ actor, db }, { query }) => listComments(db, actor, query),
    }),
  ];
}
