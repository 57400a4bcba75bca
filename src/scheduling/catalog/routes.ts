import { type Route, route } from '../../platform/http/route.ts';
import { NewService, ServiceChange, ServicePage, ServiceParams, ServiceQuery, ServiceView } from './schema.ts';
import { changeService, createService, listServices, readService } from './services.ts';

const tag = 'catalog';
const audit = { none: 'What the clinic tells everybody about itself.' };
const read = { scopes: ['catalog:read'] } as const;
const write = { scopes: ['catalog:write'] } as const;

export function catalogRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/catalog/services',
      summary: 'Services with their codes, lengths and prices',
      tag,
      access: read,
      audit,
      query: ServiceQuery,
      reply: ServicePage,
      handler: ({ actor, db }, { query }) => listServices(db, actor, query),
    }),
    route({
      method: 'get',
      path: '/catalog/services/:id',
      summary: 'One service',
      tag,
      access: read,
      audit,
      params: ServiceParams,
      reply: ServiceView,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readService(db, actor, params.id),
    }),
    ...catalogChangeRoutes(),
  ];
}

function catalogChangeRoutes(): Route[] {
  return [
    route({
      method: 'post',
      path: '/catalog/services',
      summary: 'Adds a service',
      tag,
      access: write,
      audit: { action: 'service.create', purpose: 'HOPERAT' },
      body: NewService,
      status: 201,
      reply: ServiceView,
      errors: ['ALREADY_EXISTS'],
      handler: ({ actor, db }, { body }) => createService(db, actor, body),
    }),
    route({
      method: 'patch',
      path: '/catalog/services/:id',
      summary: 'Changes a service; what is left out stays, and so do the prices of what is booked',
      tag,
      access: write,
      audit: { action: 'service.change', purpose: 'HOPERAT' },
      params: ServiceParams,
      body: ServiceChange,
      reply: ServiceView,
      errors: ['NOT_FOUND', 'ALREADY_EXISTS'],
      handler: ({ actor, db }, { params, body }) => changeService(db, actor, params.id, body),
    }),
    route({
      method: 'delete',
      path: '/catalog/services/:id',
      summary: 'Takes a service off the catalogue; what is booked stays',
      tag,
      access: write,
      audit: { action: 'service.close', purpose: 'HOPERAT' },
      params: ServiceParams,
      reply: undefined,
      errors: ['NOT_FOUND'],
      handler: async ({ actor, db }, { params }) => {
        await changeService(db, actor, params.id, { isActive: false });
      },
    }),
  ];
}
