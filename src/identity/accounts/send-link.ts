/** Mails with a link, each asked for in the transaction that makes the link good. */
import type { Tx } from '../../platform/db/scope.ts';
import type { IdentityDeps } from '../auth/deps.ts';
import type { Account } from './account.ts';
import { issueAccountToken } from './account-token.ts';
import { accountLink, accountMail } from './mails.ts';

type Addressee = Pick<Account, 'id' | 'email' | 'displayName' | 'emailVerifiedAt' | 'clinic'>;
const day = 24 * 3_600_000;

/** Nothing is sent, and nobody is told, when the account got too many within the hour. False then. */
export async function sendConfirmation(deps: IdentityDeps, tx: Tx, account: Addressee): Promise<boolean> {
  return send(deps, tx, account, { letter: 'confirmAddress', purpose: 'verify_email', page: 'verify' });
}

export async function sendReset(deps: IdentityDeps, tx: Tx, account: Addressee): Promise<boolean> {
  return send(deps, tx, account, { letter: 'resetPassword', purpose: 'reset_password', page: 'reset' });
}

/** To the owner of an address with which somebody wanted to make another account. */
export async function sendHaveAccount(deps: IdentityDeps, tx: Tx, account: Addressee): Promise<boolean> {
  return send(deps, tx, account, { letter: 'haveAccount', purpose: 'reset_password', page: 'reset' });
}

/** To somebody whose account the clinic made, and named, for them; choosing the password confirms the address as well. */
export async function sendInvitation(deps: IdentityDeps, tx: Tx, account: Addressee): Promise<boolean> {
  const life = 3 * day;
  return send(deps, tx, account, { letter: 'invitation', purpose: 'reset_password', page: 'reset', life, named: true });
}

/** To an address that is to replace the present one. */
export async function sendNewAddress(deps: IdentityDeps, tx: Tx, account: Addressee, email: string): Promise<boolean> {
  const to = { ...account, email, emailVerifiedAt: null };
  return send(deps, tx, to, { letter: 'confirmNewAddress', purpose: 'change_email', page: 'verify' });
}

interface Link {
  letter: Parameters<typeof accountMail>[0];
  purpose: Parameters<typeof issueAccountToken>[1]['purpose'];
  page: Parameters<typeof accountLink>[1];
  life?: number;
  /** Whether the name is from somebody whom the clinic trusts with it. */
  named?: boolean;
}

/** Nobody has confirmed the address: its reader may be a stranger, and the name may be whatever somebody wants them to read. */
async function send(
  { clock, postbox, publicUrl }: IdentityDeps,
  tx: Tx,
  { id, email, clinic, displayName, emailVerifiedAt }: Addressee,
  { letter, purpose, page, life, named = emailVerifiedAt !== null }: Link,
): Promise<boolean> {
  const now = clock.now();
  const tenantId = clinic.id;
  const wanted = { tenantId, userId: id, purpose, email, now, ...(life !== undefined && { life }) };
  const token = await issueAccountToken(tx, wanted);
  if (token === undefined) return false;
  const url = accountLink(publicUrl(), page, token);
  const mail = { clinic, to: email, url, now, ...(named && { name: displayName }) };
  await postbox.request(tx, tenantId, accountMail(letter, mail));
  return true;
}
