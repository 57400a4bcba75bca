import { AppError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { forgetCookie } from '../auth/refresh-cookie.ts';
import { listSessions } from './list.ts';
import { revokeSession, revokeUserSessions } from './revoke.ts';
import { LogoutEverywhere, SessionPage, SessionParams, SessionQuery } from './schema.ts';

const tag = 'auth';

export function sessionRoutes({ clock }: Pick<IdentityDeps, 'clock'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/auth/sessions',
      summary: 'Where I am signed in',
      tag,
      access: { scopes: ['profile:read'] },
      audit: { none: "The asker's own account." },
      query: SessionQuery,
      reply: SessionPage,
      handler: ({ actor, db }, { query }) => listSessions(db, actor, query, clock.now()),
    }),
    route({
      method: 'delete',
      path: '/auth/sessions/:id',
      summary: 'End one of my sign-ins: that device is out at once',
      tag,
      access: { scopes: ['profile:write'] },
      audit: { action: 'auth.session-end', purpose: 'SYSADMIN' },
      params: SessionParams,
      reply: undefined,
      handler: ({ actor: { userId }, db }, { params }) =>
        db.run(async (tx) => {
          const { tenantId } = db;
          const own = await tx.session.count({ where: { tenantId, userId, id: params.id, revokedAt: null } });
          if (own === 0) throw new AppError('NOT_FOUND');
          db.about({ entity: { type: 'User', id: userId } });
          await revokeSession(tx, { tenantId, userId, sessionId: params.id, because: 'logout' });
        }),
    }),
    route({
      method: 'post',
      path: '/auth/logout-everywhere',
      summary: 'End all my sign-ins: every device is out at once',
      tag,
      access: { scopes: ['profile:write'] },
      audit: { action: 'auth.logout-everywhere', purpose: 'SYSADMIN' },
      body: LogoutEverywhere,
      reply: undefined,
      handler: async (context, { body }) => {
        const { db, actor } = context;
        const { userId, sessionId } = actor;
        const stays = body?.exceptThis === true;
        db.about({ entity: { type: 'User', id: userId } });
        await db.run((tx) =>
          revokeUserSessions(tx, {
            tenantId: db.tenantId,
            userId,
            because: 'logout_everywhere',
            ...(stays && { except: sessionId }),
          }),
        );
        if (!stays && context.client === 'web') forgetCookie(context);
      },
    }),
  ];
}
