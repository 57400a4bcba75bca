/** The quality of a visit's connections over REST. */
import { type Route, route } from '../../platform/http/route.ts';
import { MeetingParams } from '../schema.ts';
import { readQuality } from './read.ts';
import { MeetingQuality } from './schema.ts';

export function qualityRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/meetings/:id/quality',
      summary: 'How the connection of each participant was during a meeting',
      tag: 'meetings',
      access: { scopes: ['meetings:read'] },
      audit: { action: 'meeting.quality' },
      params: MeetingParams,
      reply: MeetingQuality,
      errors: ['MEETING_NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readQuality(db, actor, params.id),
    }),
  ];
}
