import { AppError } from '../../platform/errors.ts';
import { type PublicContext, type Route, route } from '../../platform/http/route.ts';
import { registerRoute } from '../accounts/routes.ts';
import { meQuery, toMe } from '../users/me.ts';
import type { IdentityDeps } from './deps.ts';
import { login } from './login.ts';
import { cookieToken, forgetCookie, present } from './refresh-cookie.ts';
import { Login, Me, RefreshInput, SignedIn } from './schema.ts';
import { endById, endByToken, refresh } from './session.ts';

const tag = 'auth';

export function authRoutes(deps: IdentityDeps): Route[] {
  return [...entryRoutes(deps), ...tokenRoutes(deps)];
}

function entryRoutes(deps: IdentityDeps): Route[] {
  return [
    registerRoute(deps, present),
    route({
      method: 'post',
      path: '/auth/login',
      summary: 'Sign in by e-mail and password',
      tag,
      access: { public: 'Who signs in has no token yet.' },
      audit: { action: 'auth.login', purpose: 'SYSADMIN' },
      limit: 'auth',
      room: () => deps.passwords.requireRoom(),
      body: Login,
      reply: SignedIn,
      errors: ['MFA_REQUIRED', 'INVALID_CREDENTIALS', 'EMAIL_NOT_VERIFIED'],
      handler: async (context, { body }) => present(context, await login(deps, body, context)),
    }),
  ];
}

function tokenRoutes(deps: IdentityDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/auth/refresh',
      summary: 'Exchange a refresh token for a new pair of tokens',
      tag,
      access: { public: 'The refresh token itself says who asks; the access token may have run out.' },
      audit: { action: 'auth.refresh', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: RefreshInput,
      reply: SignedIn,
      errors: ['UNAUTHENTICATED'],
      handler: async (context, { body }) => {
        const token = body?.refreshToken ?? cookieToken(context);
        if (token === undefined) throw new AppError('UNAUTHENTICATED', 'Send a refresh token.');
        return present(context, await refresh(deps, token, context));
      },
    }),
    route({
      method: 'post',
      path: '/auth/logout',
      summary: 'End this sign-in: its refresh tokens are good no more',
      tag,
      access: { public: 'Either token says whose sign-in ends, so that it can end when the access token has run out.' },
      audit: { action: 'auth.logout', purpose: 'SYSADMIN' },
      body: RefreshInput,
      reply: undefined,
      errors: ['UNAUTHENTICATED'],
      handler: async (context, { body }) => {
        const token = body?.refreshToken ?? cookieToken(context);
        if (context.client === 'web') forgetCookie(context);
        await (token === undefined ? endByAccess(context) : endByToken(token, context));
      },
    }),
    route({
      method: 'get',
      path: '/auth/me',
      summary: 'Who I am, and what I may',
      tag,
      access: { scopes: ['profile:read'] },
      audit: { none: "The asker's own account." },
      reply: Me,
      handler: async ({ actor, db }) => toMe(await db.read(meQuery(actor.tenantId, actor.userId))),
    }),
  ];
}

async function endByAccess(context: PublicContext): Promise<void> {
  const actor = await context.authenticate();
  if (!actor) throw new AppError('UNAUTHENTICATED', 'Send the token of the sign-in that shall end.');
  await endById(context.tenantDb(actor.tenantId), actor);
}
