import { type Route, route } from '../../platform/http/route.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { changeUser, removeUser, signOutEverywhere, takeSecondFactor } from './change.ts';
import { createUser } from './create.ts';
import { listUsers } from './list.ts';
import { readUser, subjectOf, toUserView } from './rows.ts';
import { NewUser, UserChange, UserPage, UserParams, UserQuery, UserView } from './schema.ts';

const tag = 'admin';

export function userRoutes(deps: IdentityDeps): Route[] {
  return [...readRoutes(), ...changeRoutes(deps), ...endRoutes(deps)];
}

function readRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/admin/users',
      summary: "The clinic's accounts, by name unless sorted otherwise",
      tag,
      access: { scopes: ['users:read'] },
      audit: { action: 'user.list', purpose: 'SYSADMIN' },
      query: UserQuery,
      reply: UserPage,
      handler: ({ db }, { query }) => listUsers(db, query),
    }),
    route({
      method: 'get',
      path: '/admin/users/:id',
      summary: 'One account',
      tag,
      access: { scopes: ['users:read'] },
      audit: { action: 'user.read', purpose: 'SYSADMIN' },
      params: UserParams,
      reply: UserView,
      handler: ({ db }, { params }) =>
        db.run(async (tx) => {
          const row = await readUser(tx, db.tenantId, params.id);
          db.about(subjectOf(row));
          return toUserView(row);
        }),
    }),
  ];
}

function changeRoutes(deps: IdentityDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/admin/users',
      summary: 'Make an account; a doctor and a patient get their record with it',
      tag,
      access: { scopes: ['users:write'] },
      audit: { action: 'user.create', purpose: 'SYSADMIN' },
      body: NewUser,
      status: 201,
      reply: UserView,
      errors: ['ALREADY_EXISTS'],
      handler: ({ actor, db }, { body }) => createUser(deps, db, actor, body),
    }),
    route({
      method: 'patch',
      path: '/admin/users/:id',
      summary: 'Change an account; other roles, another password or switching it off end all its sign-ins',
      tag,
      access: { scopes: ['users:write'] },
      audit: { action: 'user.change', purpose: 'SYSADMIN' },
      params: UserParams,
      body: UserChange,
      reply: UserView,
      errors: ['CONFLICT'],
      handler: ({ actor, db }, { params, body }) => changeUser(deps, db, actor, params.id, body),
    }),
  ];
}

function endRoutes(deps: IdentityDeps): Route[] {
  return [
    route({
      method: 'delete',
      path: '/admin/users/:id',
      summary: 'End an account: it is switched off and stays on record, unless it was never used',
      tag,
      access: { scopes: ['users:write'] },
      audit: { action: 'user.remove', purpose: 'SYSADMIN' },
      params: UserParams,
      reply: undefined,
      errors: ['CONFLICT'],
      handler: ({ actor, db }, { params }) => removeUser(deps, db, actor, params.id),
    }),
    route({
      method: 'delete',
      path: '/admin/users/:id/second-factor',
      summary: 'Take the second factor away from somebody who has lost it; all their sign-ins end',
      tag,
      access: { scopes: ['users:write'] },
      audit: { action: 'user.reset-second-factor', purpose: 'SYSADMIN' },
      params: UserParams,
      reply: undefined,
      handler: ({ actor, db }, { params }) => takeSecondFactor(deps, db, actor, params.id),
    }),
    route({
      method: 'delete',
      path: '/admin/users/:id/sessions',
      summary: 'Sign somebody out everywhere: every device is out at once',
      tag,
      access: { scopes: ['users:write'] },
      audit: { action: 'user.end-sign-ins', purpose: 'SYSADMIN' },
      params: UserParams,
      reply: undefined,
      handler: ({ actor, db }, { params }) => signOutEverywhere(db, actor, params.id),
    }),
  ];
}
