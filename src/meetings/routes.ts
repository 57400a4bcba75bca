/** Meetings over REST. */
import { Meeting } from '../../signaling/protocol/index.ts';
import { type Route, route } from '../platform/http/route.ts';
import { afterRoutes } from './after/routes.ts';
import { createMeeting } from './create.ts';
import { exportMeetings } from './export-csv.ts';
import { cancel, end } from './finish.ts';
import { listMeetings, readMeeting, readTimeline } from './history.ts';
import { lawRoutes } from './law/routes.ts';
import { qualityRoutes } from './quality/index.ts';
import { ratingRoutes } from './ratings/routes.ts';
import {
  CancelMeeting,
  MeetingFilters,
  MeetingPage,
  MeetingParams,
  MeetingQuery,
  NewMeeting,
  TimelinePage,
  TimelineQuery,
} from './schema.ts';
import type { MeetingDeps } from './transact.ts';
import { queueRoutes } from './waiting/routes.ts';

const tag = 'meetings';

export interface MeetingRouteDeps extends MeetingDeps {
  /** This process as the timeline names it, where it has a name. */
  nodeId(): string | null;
}

export function meetingRoutes(deps: MeetingRouteDeps): Route[] {
  return [
    ...readRoutes(deps),
    ...changeRoutes(deps),
    ...lawRoutes(deps),
    ...afterRoutes(deps),
    ...ratingRoutes(deps),
    ...queueRoutes(deps),
    ...qualityRoutes(),
  ];
}

function readRoutes({ clock }: MeetingRouteDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/meetings',
      summary:
        'Meetings, newest first unless sorted otherwise: their own for doctors and patients, all for staff and admins',
      tag,
      access: { scopes: ['meetings:read'] },
      audit: { action: 'meeting.list' },
      query: MeetingQuery,
      reply: MeetingPage,
      handler: ({ actor, db }, { query }) => listMeetings(db, actor, query),
    }),
    // Before /meetings/:id, or it would be taken for an id.
    route({
      method: 'get',
      path: '/meetings/export.csv',
      summary: 'The meetings of the same filters as CSV',
      tag,
      access: { scopes: ['meetings:export'] },
      audit: { action: 'meeting.export', purpose: 'HOPERAT' },
      query: MeetingFilters,
      reply: 'stream',
      handler: async ({ actor, db }, { query }) => ({
        contentType: 'text/csv; charset=utf-8',
        fileName: `meetings-${clock.now().toISOString().slice(0, 10)}.csv`,
        stream: exportMeetings(db, actor, query),
      }),
    }),
    route({
      method: 'get',
      path: '/meetings/:id',
      summary: 'One meeting',
      tag,
      access: { scopes: ['meetings:read'] },
      audit: { action: 'meeting.read' },
      params: MeetingParams,
      reply: Meeting,
      errors: ['MEETING_NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readMeeting(db, actor, params.id),
    }),
    route({
      method: 'get',
      path: '/meetings/:id/timeline',
      summary: 'What happened in a meeting, oldest first',
      tag,
      access: { scopes: ['meetings:read'] },
      audit: { action: 'meeting.timeline' },
      params: MeetingParams,
      query: TimelineQuery,
      reply: TimelinePage,
      errors: ['MEETING_NOT_FOUND'],
      handler: ({ actor, db }, { params, query }) => readTimeline(db, actor, params.id, query),
    }),
  ];
}

function changeRoutes(deps: MeetingRouteDeps): Route[] {
  const { nodeId } = deps;
  return [
    route({
      method: 'post',
      path: '/meetings',
      summary: 'Schedules a meeting',
      tag,
      access: { scopes: ['meetings:create'] },
      audit: { action: 'meeting.create' },
      body: NewMeeting,
      status: 201,
      reply: Meeting,
      handler: ({ actor, db }, { body }) => createMeeting(deps, db, actor, body),
    }),
    route({
      method: 'post',
      path: '/meetings/:id/cancel',
      summary: 'Calls a scheduled meeting off',
      tag,
      access: { scopes: ['meetings:cancel'] },
      audit: { action: 'meeting.cancel' },
      params: MeetingParams,
      body: CancelMeeting,
      reply: Meeting,
      errors: ['MEETING_NOT_FOUND', 'MEETING_ACTIVE', 'MEETING_ENDED', 'MEETING_CANCELLED'],
      handler: ({ actor, db }, { params, body }) => cancel(deps, db, actor, params.id, body.reason, nodeId()),
    }),
    route({
      method: 'post',
      path: '/meetings/:id/end',
      summary: 'Ends an active meeting for everybody in it',
      tag,
      access: { scopes: ['meetings:end'] },
      audit: { action: 'meeting.end' },
      params: MeetingParams,
      reply: Meeting,
      errors: ['MEETING_NOT_FOUND', 'MEETING_NOT_STARTED', 'MEETING_ENDED', 'MEETING_CANCELLED'],
      handler: ({ actor, db }, { params }) => end(deps, db, actor, params.id, nodeId()),
    }),
  ];
}
