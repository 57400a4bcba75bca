import { type PublicContext, type Route, route } from '../../platform/http/route.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { register } from '../auth/register.ts';
import { Registration, SignedIn } from '../auth/schema.ts';
import type { Session } from '../auth/session.ts';
import { changePassword } from './change-password.ts';
import { registerByMail } from './register-by-mail.ts';
import { forgotPassword, resetPassword } from './reset-password.ts';
import { AccountRef, CheckMail, EmailChange, EmailVerification, PasswordChange, PasswordReset } from './schema.ts';
import { changeEmail, resendVerification, verifyEmail } from './verify-email.ts';

const tag = 'auth';
const byLink = { public: 'The link in the mail says who asks.' } as const;

/** Whoever registers is signed in at once, or, where mail is sent, told to look into theirs. */
export function registerRoute(
  deps: IdentityDeps,
  present: (context: PublicContext, session: Session) => SignedIn,
): Route {
  const common = {
    method: 'post',
    path: '/auth/register',
    tag,
    access: { public: 'Who registers has no account yet.' },
    audit: { action: 'auth.register', purpose: 'SYSADMIN' },
    limit: 'auth',
    body: Registration,
  } as const;
  if (deps.postbox.canMail) {
    return route({
      ...common,
      summary: 'Make an account as a patient of a clinic; a mail says how to go on',
      status: 202,
      reply: CheckMail,
      handler: (context, { body }) => registerByMail(deps, body, context),
    });
  }
  return route({
    ...common,
    summary: 'Make an account as a patient of a clinic, and sign in',
    status: 201,
    reply: SignedIn,
    errors: ['ALREADY_EXISTS', 'UNAVAILABLE'],
    handler: async (context, { body }) => present(context, await register(deps, body, context)),
  });
}

export function accountRoutes(deps: IdentityDeps): Route[] {
  return [...passwordRoutes(deps), ...emailRoutes(deps)];
}

function passwordRoutes(deps: IdentityDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/auth/change-password',
      summary: 'Change the own password; every other sign-in ends',
      tag,
      access: { scopes: ['profile:write'] },
      audit: { action: 'auth.change-password', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: PasswordChange,
      reply: undefined,
      errors: ['CONFLICT'],
      handler: (context, { body }) => changePassword(deps, context, body),
    }),
    route({
      method: 'post',
      path: '/auth/forgot-password',
      summary: 'Ask for a link by which to choose a new password',
      tag,
      access: { public: 'Who forgot the password cannot sign in.' },
      audit: { action: 'auth.forgot-password', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: AccountRef,
      status: 202,
      reply: CheckMail,
      errors: ['UNAVAILABLE'],
      handler: (context, { body }) => forgotPassword(deps, body, context),
    }),
    route({
      method: 'post',
      path: '/auth/reset-password',
      summary: 'Choose a new password by a mailed link; every sign-in ends',
      tag,
      access: byLink,
      audit: { action: 'auth.reset-password', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: PasswordReset,
      reply: undefined,
      handler: (context, { body }) => resetPassword(deps, body, context),
    }),
  ];
}

function emailRoutes(deps: IdentityDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/auth/verify-email',
      summary: 'Confirm an e-mail address by a mailed link',
      tag,
      access: byLink,
      audit: { action: 'auth.verify-email', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: EmailVerification,
      reply: undefined,
      errors: ['CONFLICT'],
      handler: (context, { body }) => verifyEmail(deps, body, context),
    }),
    route({
      method: 'post',
      path: '/auth/resend-verification',
      summary: 'Ask for another link by which to confirm the e-mail address',
      tag,
      access: { public: 'Who has not confirmed the address may not be able to sign in.' },
      audit: { action: 'auth.resend-verification', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: AccountRef,
      status: 202,
      reply: CheckMail,
      errors: ['UNAVAILABLE'],
      handler: (context, { body }) => resendVerification(deps, body, context),
    }),
    route({
      method: 'post',
      path: '/auth/change-email',
      summary: 'Ask for another e-mail address; it changes once the link in the mail to it is followed',
      tag,
      access: { scopes: ['profile:write'] },
      audit: { action: 'auth.change-email', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: EmailChange,
      status: 202,
      reply: CheckMail,
      errors: ['UNAVAILABLE'],
      handler: (context, { body }) => changeEmail(deps, context, body),
    }),
  ];
}
