import { type Route, route } from '../../platform/http/route.ts';
import { changeTenant, readTenant } from './admin.ts';
import { TenantChange, TenantView } from './schema.ts';

const tag = 'admin';

export function tenantRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/admin/tenant',
      summary: 'The clinic and its settings',
      tag,
      access: { scopes: ['tenant:read'] },
      audit: { none: 'Settings of the clinic, nobody in them.' },
      reply: TenantView,
      handler: ({ db }) => db.run((tx) => readTenant(tx, db.tenantId)),
    }),
    route({
      method: 'patch',
      path: '/admin/tenant',
      summary: "Change the clinic's name or some of its settings; what is left out stays",
      tag,
      access: { scopes: ['tenant:write'] },
      audit: { action: 'tenant.change', purpose: 'SYSADMIN' },
      body: TenantChange,
      reply: TenantView,
      handler: ({ db }, { body }) =>
        db.run((tx) => {
          db.about({ entity: { type: 'Organization', id: db.tenantId } });
          return changeTenant(tx, db.tenantId, body);
        }),
    }),
  ];
}
