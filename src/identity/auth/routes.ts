import { AppError } from '../../platform/errors.ts';
import { strictCookie } from '../../platform/http/cookies.ts';
import { type PublicContext, type Route, route } from '../../platform/http/route.ts';
import { readMe } from '../users/me.ts';
import type { IdentityDeps } from './deps.ts';
import { login } from './login.ts';
import { refreshSeconds } from './refresh-tokens.ts';
import { register } from './register.ts';
import { Login, Me, RefreshInput, Registration, SignedIn } from './schema.ts';
import { endById, endByToken, refresh, type Session } from './session.ts';

const cookieName = 'housecall_refresh';
const tag = 'auth';

export function authRoutes(deps: IdentityDeps): Route[] {
  return [...entryRoutes(deps), ...sessionRoutes(deps)];
}

function entryRoutes(deps: IdentityDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/auth/register',
      summary: 'Make an account as a patient of a clinic, and sign in',
      tag,
      access: { public: 'Who registers has no account yet.' },
      audit: { action: 'auth.register', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: Registration,
      status: 201,
      reply: SignedIn,
      errors: ['ALREADY_EXISTS'],
      handler: async (context, { body }) => present(context, await register(deps, body, context)),
    }),
    route({
      method: 'post',
      path: '/auth/login',
      summary: 'Sign in by e-mail and password',
      tag,
      access: { public: 'Who signs in has no token yet.' },
      audit: { action: 'auth.login', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: Login,
      reply: SignedIn,
      errors: ['INVALID_CREDENTIALS'],
      handler: async (context, { body }) => present(context, await login(deps, body, context)),
    }),
  ];
}

function sessionRoutes(deps: IdentityDeps): Route[] {
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
        if (context.client === 'web') setCookie(context, '', 0);
        await (token === undefined ? endByAccess(deps, context) : endByToken(deps, token, context));
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
      handler: ({ actor, db }) => db.run((tx) => readMe(tx, actor.tenantId, actor.userId)),
    }),
  ];
}

async function endByAccess(deps: IdentityDeps, context: PublicContext): Promise<void> {
  const actor = await context.authenticate();
  if (!actor) throw new AppError('UNAUTHENTICATED', 'Send the token of the sign-in that shall end.');
  await endById(deps, context.tenantDb(actor.tenantId), actor);
}

/** A browser gets the refresh token where no script can read it, everybody else in the body. */
function present(context: PublicContext, session: Session): SignedIn {
  if (context.client !== 'web') return session;
  setCookie(context, session.refreshToken, refreshSeconds);
  const { refreshToken: _, ...rest } = session;
  return rest;
}

/** Only with the header of our web client: a foreign page can make a browser send the cookie, but not the header. */
function cookieToken(context: PublicContext): string | undefined {
  return context.client === 'web' ? context.cookies[cookieName] : undefined;
}

function setCookie(context: PublicContext, value: string, maxAge: number): void {
  const options = { path: '/api/v1/auth', maxAge, secure: context.secure };
  context.reply.header('Set-Cookie', strictCookie(cookieName, value, options));
}
