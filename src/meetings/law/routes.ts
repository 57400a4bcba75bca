/** What the law wants before a visit, over REST. */
import { type Route, route } from '../../platform/http/route.ts';
import { MeetingParams } from '../schema.ts';
import type { MeetingDeps } from '../transact.ts';
import { giveConsent } from './consent.ts';
import { confirmIdentity } from './identity.ts';
import { ConfirmIdentity, GiveConsent, VisitSheet } from './schema.ts';
import { readSheet } from './sheet.ts';

const tag = 'meetings';

export function lawRoutes(deps: MeetingDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/meetings/:id/sheet',
      summary:
        'What both should know before a visit: who the doctor is, whether the patient agreed, who the patient is',
      tag,
      access: { scopes: ['meetings:read'] },
      audit: { action: 'meeting.sheet' },
      params: MeetingParams,
      reply: VisitSheet,
      errors: ['MEETING_NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readSheet(db, actor, params.id, deps.clock.now()),
    }),
    route({
      method: 'post',
      path: '/meetings/:id/consent',
      summary: 'The patient, or a guardian for them, agrees to be seen at a distance',
      tag,
      access: { scopes: ['meetings:join'] },
      audit: { action: 'meeting.consent' },
      params: MeetingParams,
      body: GiveConsent,
      reply: VisitSheet,
      errors: ['MEETING_NOT_FOUND', 'MEETING_ENDED', 'MEETING_CANCELLED'],
      handler: ({ actor, db }, { params, body }) => giveConsent(deps, db, actor, { meetingId: params.id, ...body }),
    }),
    route({
      method: 'post',
      path: '/meetings/:id/identity',
      summary: 'The doctor of the visit is sure of who the patient is',
      tag,
      access: { scopes: ['meetings:start'] },
      audit: { action: 'meeting.confirm_identity' },
      params: MeetingParams,
      body: ConfirmIdentity,
      reply: VisitSheet,
      errors: ['MEETING_NOT_FOUND', 'MEETING_CANCELLED'],
      handler: ({ actor, db }, { params, body }) =>
        confirmIdentity(db, actor, { meetingId: params.id, ...body }, deps.clock.now()),
    }),
  ];
}
