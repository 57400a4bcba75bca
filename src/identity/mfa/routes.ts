import { type Route, route } from '../../platform/http/route.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import { beginTotp, confirmTotp, endTotp, readMfa, renewRecoveryCodes } from './enrol.ts';
import { MfaState, RecoveryCodes, TotpBegin, TotpBegun, TotpConfirm, TotpEnd } from './schema.ts';

const tag = 'auth';
const own = { scopes: ['profile:write'] } as const;

export function mfaRoutes(deps: IdentityDeps): Route[] {
  return [...enrolmentRoutes(deps), ...holderRoutes(deps)];
}

function enrolmentRoutes(deps: IdentityDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/auth/mfa',
      summary: 'My second factor',
      tag,
      access: { scopes: ['profile:read'] },
      audit: { none: "The asker's own account." },
      reply: MfaState,
      handler: (context) => readMfa(context),
    }),
    route({
      method: 'post',
      path: '/auth/mfa/totp',
      summary: 'Begin to set up an authenticator app',
      tag,
      access: own,
      audit: { action: 'mfa.begin', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: TotpBegin,
      reply: TotpBegun,
      errors: ['CONFLICT'],
      handler: (context, { body }) => beginTotp(deps, context, body.password),
    }),
    route({
      method: 'post',
      path: '/auth/mfa/totp/confirm',
      summary:
        'Confirm the app by a code of it: from then on signing in needs one. Refresh for a token with all scopes',
      tag,
      access: own,
      audit: { action: 'mfa.enable', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: TotpConfirm,
      reply: RecoveryCodes,
      errors: ['CONFLICT'],
      handler: (context, { body }) => confirmTotp(deps, context, body.code),
    }),
  ];
}

function holderRoutes(deps: IdentityDeps): Route[] {
  return [
    route({
      method: 'delete',
      path: '/auth/mfa/totp',
      summary: 'Give up the second factor',
      tag,
      access: own,
      audit: { action: 'mfa.disable', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: TotpEnd,
      reply: undefined,
      errors: ['CONFLICT'],
      handler: (context, { body }) => endTotp(deps, context, body),
    }),
    route({
      method: 'post',
      path: '/auth/mfa/recovery-codes',
      summary: 'New recovery codes; the old ones are worth nothing any more',
      tag,
      access: own,
      audit: { action: 'mfa.renew-recovery-codes', purpose: 'SYSADMIN' },
      limit: 'auth',
      body: TotpConfirm,
      reply: RecoveryCodes,
      errors: ['CONFLICT'],
      handler: (context, { body }) => renewRecoveryCodes(deps, context, body.code),
    }),
  ];
}
