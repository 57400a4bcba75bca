/** Guests over REST. */
import { GuestEntry } from '../../../signaling/protocol/index.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { MeetingParams } from '../schema.ts';
import type { GuestDeps } from './deps.ts';
import { enterAsGuest, lookAtInvitation, renewGuest } from './enter.ts';
import { invite, listInvites, revokeInvite } from './invite.ts';
import {
  GuestEntrance,
  GuestInvitation,
  GuestLink,
  GuestPass,
  GuestReturn,
  InviteList,
  InviteMade,
  InviteParams,
  NewInvite,
} from './schema.ts';

const tag = 'guests';

export function guestRoutes(deps: GuestDeps): Route[] {
  return [...doctorRoutes(deps), ...publicRoutes(deps)];
}

function doctorRoutes(deps: GuestDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/meetings/:id/invites',
      summary: 'Invites a third person into the own meeting by a link',
      tag,
      access: { scopes: ['meetings:start'] },
      audit: { action: 'guest.invite' },
      params: MeetingParams,
      body: NewInvite,
      status: 201,
      reply: InviteMade,
      errors: ['MEETING_NOT_FOUND', 'MEETING_ENDED', 'MEETING_CANCELLED', 'CONFLICT'],
      handler: ({ actor, db }, { params, body }) => invite(deps, db, actor, { ...body, meetingId: params.id }),
    }),
    route({
      method: 'get',
      path: '/meetings/:id/invites',
      summary: 'Who was invited into the own meeting, and how far they have come',
      tag,
      access: { scopes: ['meetings:start'] },
      audit: { action: 'guest.list' },
      params: MeetingParams,
      reply: InviteList,
      errors: ['MEETING_NOT_FOUND'],
      handler: async ({ actor, db }, { params }) => ({
        items: await listInvites(db, actor, params.id),
        nextCursor: null,
      }),
    }),
    route({
      method: 'post',
      path: '/meetings/:id/invites/:inviteId/revoke',
      summary: 'Takes an invitation back; whoever came by it is out at once',
      tag,
      access: { scopes: ['meetings:start'] },
      audit: { action: 'guest.revoke' },
      params: InviteParams,
      reply: GuestEntry,
      errors: ['MEETING_NOT_FOUND', 'NOT_FOUND'],
      handler: ({ actor, db }, { params }) =>
        revokeInvite(deps, db, actor, { meetingId: params.id, id: params.inviteId }),
    }),
  ];
}

const byLink = { public: 'The link says who is invited; a guest has no account.' } as const;

function publicRoutes(deps: GuestDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/guests/look',
      summary: 'What an invitation is for, and whether it is still good',
      tag,
      access: byLink,
      audit: { action: 'guest.look' },
      body: GuestLink,
      reply: GuestInvitation,
      handler: (context, { body }) => lookAtInvitation(deps, body, context),
    }),
    route({
      method: 'post',
      path: '/guests/enter',
      summary: 'Opens an invitation with a name; the doctor is asked',
      tag,
      access: byLink,
      audit: { action: 'guest.enter' },
      body: GuestEntrance,
      reply: GuestPass,
      errors: ['CONFLICT'],
      handler: (context, { body }) => enterAsGuest(deps, body, context),
    }),
    route({
      method: 'post',
      path: '/guests/renew',
      summary: 'How it stands with a guest, and a newer access token while they are welcome',
      tag,
      access: { public: 'The token that entering gave says whose browser it is.' },
      audit: { action: 'guest.renew' },
      body: GuestReturn,
      reply: GuestPass,
      handler: (context, { body }) => renewGuest(deps, body, context),
    }),
  ];
}
