import { type Route, route } from '../../platform/http/route.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './keep.ts';
import { ApiKeyPage, ApiKeyParams, ApiKeyQuery, MadeApiKey, NewApiKey } from './schema.ts';
import type { ApiKeyVerifier } from './verifier.ts';

const tag = 'admin';

export function apiKeyRoutes({ apiKeys }: { apiKeys: Pick<ApiKeyVerifier, 'forget'> }): Route[] {
  return [
    route({
      method: 'get',
      path: '/admin/api-keys',
      summary: 'The keys of services, the newest first',
      tag,
      access: { scopes: ['api-keys:read'] },
      audit: { action: 'api-key.list', purpose: 'SYSADMIN' },
      query: ApiKeyQuery,
      reply: ApiKeyPage,
      handler: ({ db }, { query }) => listApiKeys(db, query),
    }),
    route({
      method: 'post',
      path: '/admin/api-keys',
      summary: 'Make a key for a service; it is told once',
      tag,
      access: { scopes: ['api-keys:write'] },
      audit: { action: 'api-key.create', purpose: 'SYSADMIN' },
      body: NewApiKey,
      status: 201,
      reply: MadeApiKey,
      handler: ({ actor, db }, { body }) => createApiKey(db, actor, body),
    }),
    route({
      method: 'delete',
      path: '/admin/api-keys/:id',
      summary: 'Revoke a key: at once on this node, within seconds on all',
      tag,
      access: { scopes: ['api-keys:write'] },
      audit: { action: 'api-key.revoke', purpose: 'SYSADMIN' },
      params: ApiKeyParams,
      reply: undefined,
      handler: async ({ actor, db }, { params }) => {
        await revokeApiKey(db, actor, params.id);
        apiKeys.forget();
      },
    }),
  ];
}
