/** Who people are and what they may: what the other wings and the composition root may use of it. */
export type { AccountParts } from './accounts/deps.ts';
export { requireGoodPassword } from './accounts/good-password.ts';
export { createInvitations } from './accounts/invitations.ts';
export { type PasswordStrength, StrengthMeter } from './accounts/strength-meter.ts';
export { ApiKeyVerifier } from './api-keys/verifier.ts';
export type { IdentityDeps, PatientRecords } from './auth/deps.ts';
export { HashThreads } from './auth/hash-threads.ts';
export { createLoginGuard, type LoginGuard, noLoginGuard } from './auth/login-guard.ts';
export { createPasswords, type Passwords } from './auth/passwords.ts';
export { scopesOf } from './auth/scopes.ts';
export { createTokens, type Tokens } from './auth/tokens.ts';
export { identityRoutes } from './routes.ts';
export { RevocationList, refusingRevoked } from './sessions/revocation-list.ts';
export { outdateAccessTokens, revokeUserSessions } from './sessions/revoke.ts';
export { createClinic } from './tenants/create-clinic.ts';
export { findTenant } from './tenants/find-tenant.ts';
export { parseSettings, readSettings } from './tenants/settings.ts';
