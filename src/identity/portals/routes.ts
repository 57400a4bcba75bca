import { type Route, route } from '../../platform/http/route.ts';
import type { TrustedIssuer } from '../../platform/trusted-issuers.ts';
import { addLink, listLinks, removeLink } from './links.ts';
import {
  ExternalIdentityList,
  ExternalIdentityView,
  IdentityParams,
  NewExternalIdentity,
  UserParams,
} from './schema.ts';

const tag = 'admin';

export function portalRoutes({ trustedIssuers = [] }: { trustedIssuers?: readonly TrustedIssuer[] }): Route[] {
  return [
    route({
      method: 'get',
      path: '/admin/users/:id/external-identities',
      summary: 'As whom an account signs in at portals',
      tag,
      access: { scopes: ['users:read'] },
      audit: { action: 'external-identity.list', purpose: 'SYSADMIN' },
      params: UserParams,
      reply: ExternalIdentityList,
      errors: ['NOT_FOUND'],
      handler: ({ db }, { params }) => listLinks(db, params.id),
    }),
    route({
      method: 'post',
      path: '/admin/users/:id/external-identities',
      summary: 'Link an account with a sign-in at a portal that this server trusts',
      tag,
      access: { scopes: ['users:write'] },
      audit: { action: 'external-identity.link', purpose: 'SYSADMIN' },
      params: UserParams,
      body: NewExternalIdentity,
      status: 201,
      reply: ExternalIdentityView,
      errors: ['NOT_FOUND', 'ALREADY_EXISTS', 'CONFLICT'],
      handler: ({ actor, db }, { params, body }) => addLink(trustedIssuers, db, actor, params.id, body),
    }),
    route({
      method: 'delete',
      path: '/admin/external-identities/:id',
      summary: 'Take a link to a portal away',
      tag,
      access: { scopes: ['users:write'] },
      audit: { action: 'external-identity.unlink', purpose: 'SYSADMIN' },
      params: IdentityParams,
      reply: undefined,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params }) => removeLink(db, actor, params.id),
    }),
  ];
}
