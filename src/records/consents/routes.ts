/** Consents over REST: grant, revoke, read with history, list. */
import type { Clock } from '../../platform/clock.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { listConsents, readConsent } from './find.ts';
import { grantConsent, revokeConsent } from './keep.ts';
import {
  Consent,
  ConsentPage,
  ConsentParams,
  ConsentQuery,
  ConsentWithHistory,
  NewConsent,
  RevokeConsent,
} from './schema.ts';

const tag = 'consents';
const read = { scopes: ['consents:read'] } as const;
const write = { scopes: ['consents:write'] } as const;

export function consentRoutes({ clock }: { clock: Clock }): Route[] {
  return [
    route({
      method: 'post',
      path: '/consents',
      summary: 'Keeps that a patient, or somebody who may do so for them, agreed to something',
      tag,
      access: write,
      audit: { action: 'consent.grant' },
      body: NewConsent,
      status: 201,
      reply: Consent,
      handler: ({ actor, db }, { body }) => grantConsent(db, actor, body, clock.now()),
    }),
    route({
      method: 'get',
      path: '/consents/:id',
      summary: 'One consent with its history',
      tag,
      access: read,
      audit: { action: 'consent.read' },
      params: ConsentParams,
      reply: ConsentWithHistory,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readConsent(db, actor, params.id, clock.now()),
    }),
    route({
      method: 'post',
      path: '/consents/:id/revoke',
      summary: 'Takes a consent back, for good',
      tag,
      access: write,
      audit: { action: 'consent.revoke' },
      params: ConsentParams,
      body: RevokeConsent,
      reply: Consent,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: ({ actor, db }, { params, body }) => revokeConsent(db, actor, { ...params, ...body }, clock.now()),
    }),
    route({
      method: 'get',
      path: '/patients/:id/consents',
      summary: 'What a patient has agreed to, the newest first',
      tag,
      access: read,
      audit: { action: 'consent.list' },
      params: ConsentParams,
      query: ConsentQuery,
      reply: ConsentPage,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params, query }) => listConsents(db, actor, params.id, { ...query, now: clock.now() }),
    }),
  ];
}
