import type { Route } from '../platform/http/route.ts';
import { accountRoutes } from './accounts/routes.ts';
import { apiKeyRoutes } from './api-keys/routes.ts';
import type { IdentityDeps } from './auth/deps.ts';
import { authRoutes } from './auth/routes.ts';
import { mfaRoutes } from './mfa/routes.ts';
import { portalRoutes } from './portals/index.ts';
import { roleRoutes } from './roles/routes.ts';
import { sessionRoutes } from './sessions/routes.ts';
import { tenantRoutes } from './tenants/routes.ts';
import { userRoutes } from './users/routes.ts';

export function identityRoutes(deps: IdentityDeps): Route[] {
  return [
    ...authRoutes(deps),
    ...sessionRoutes(deps),
    ...mfaRoutes(deps),
    ...accountRoutes(deps),
    ...tenantRoutes(),
    ...userRoutes(deps),
    ...portalRoutes(deps),
    ...roleRoutes(),
    ...apiKeyRoutes(deps),
  ];
}
