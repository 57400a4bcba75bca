/** A user as the one who acts, where no token of ours says it. */
import type { Actor } from '../../platform/actor.ts';
import type { Me } from '../auth/schema.ts';

/** `issuedAt` is when the user was read, by the database's clock. */
export function toActor(user: Me, said: Pick<Actor, 'sessionId' | 'issuedAt' | 'expiresAt'>): Actor {
  return {
    kind: 'person',
    userId: user.id,
    tenantId: user.tenantId,
    roles: user.roles,
    scopes: new Set(user.scopes),
    patientId: user.patientId,
    practitionerId: user.practitionerId,
    ...said,
    ...(user.mfa.required && !user.mfa.enabled && { mustEnrol: true }),
  };
}
