/** Telling somebody that an account was made for them. */
import type { IdentityDeps, Invitations } from '../auth/deps.ts';
import { readAccount } from './account.ts';
import { sendInvitation } from './send-link.ts';

export function createInvitations(deps: IdentityDeps): Invitations {
  return {
    async send(tx, { tenantId, userId }) {
      await sendInvitation(deps, tx, await readAccount(tx, tenantId, userId));
    },
  };
}
