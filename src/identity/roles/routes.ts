import { roles } from '../../platform/actor.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { personalScopes, scopeCatalogue, scopesOf } from '../auth/scopes.ts';
import { changeRole, createRole, removeRole } from './change.ts';
import { listClinicRoles } from './rows.ts';
import { ClinicRoleView, NewRole, RoleChange, RoleList, RoleParams } from './schema.ts';

const tag = 'admin';
const builtIn = roles.map((key) => ({ key, scopes: scopesOf([key]) }));
const catalogue = Object.entries(scopeCatalogue).map(([scope, description]) => ({
  scope,
  description,
  personal: personalScopes.has(scope),
}));

export function roleRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/admin/roles',
      summary: "The built-in roles, the clinic's own, and every scope there is",
      tag,
      access: { scopes: ['roles:read'] },
      audit: { none: 'Roles of the clinic, nobody in them.' },
      reply: RoleList,
      handler: async ({ db }) => ({
        builtIn,
        items: await db.run((tx) => listClinicRoles(tx, db.tenantId)),
        scopes: catalogue,
        nextCursor: null,
      }),
    }),
    route({
      method: 'post',
      path: '/admin/roles',
      summary: 'Make a role of the clinic’s own',
      tag,
      access: { scopes: ['roles:write'] },
      audit: { action: 'role.create', purpose: 'SYSADMIN' },
      body: NewRole,
      status: 201,
      reply: ClinicRoleView,
      errors: ['ALREADY_EXISTS', 'CONFLICT'],
      handler: ({ actor, db }, { body }) => createRole(db, actor, body),
    }),
    route({
      method: 'patch',
      path: '/admin/roles/:id',
      summary: 'Change a role; access tokens of whoever loses a scope by it are good no more',
      tag,
      access: { scopes: ['roles:write'] },
      audit: { action: 'role.change', purpose: 'SYSADMIN' },
      params: RoleParams,
      body: RoleChange,
      reply: ClinicRoleView,
      handler: ({ actor, db }, { params, body }) => changeRole(db, actor, params.id, body),
    }),
    route({
      method: 'delete',
      path: '/admin/roles/:id',
      summary: 'Remove a role that nobody has',
      tag,
      access: { scopes: ['roles:write'] },
      audit: { action: 'role.remove', purpose: 'SYSADMIN' },
      params: RoleParams,
      reply: undefined,
      errors: ['CONFLICT'],
      handler: ({ actor, db }, { params }) => removeRole(db, actor, params.id),
    }),
  ];
}
