/** Where a browser keeps its refresh token: in a cookie that no script can read and no other site can use. */
import { strictCookie } from '../../platform/http/cookies.ts';
import type { PublicContext } from '../../platform/http/route.ts';
import { refreshSeconds } from './refresh-tokens.ts';
import type { SignedIn } from './schema.ts';
import type { Session } from './session.ts';

const cookieName = 'housecall_refresh';

type Context = Pick<PublicContext, 'client' | 'cookies' | 'reply' | 'secure'>;

/** A browser gets the refresh token where no script can read it, everybody else in the body. */
export function present(context: Context, session: Session): SignedIn {
  if (context.client !== 'web') return session;
  setCookie(context, session.refreshToken, refreshSeconds);
  const { refreshToken: _, ...rest } = session;
  return rest;
}

/** Only with the header of our web client: a foreign page can make a browser send the cookie, but not the header. */
export function cookieToken(context: Context): string | undefined {
  return context.client === 'web' ? context.cookies[cookieName] : undefined;
}

export function forgetCookie(context: Context): void {
  setCookie(context, '', 0);
}

function setCookie(context: Context, value: string, maxAge: number): void {
  const options = { path: '/api/v1/auth', maxAge, secure: context.secure };
  context.reply.header('Set-Cookie', strictCookie(cookieName, value, options));
}
