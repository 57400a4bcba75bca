/** The door for the operator's own programs: a credential of its own, which belongs to no clinic and no person. */
import type { Request } from 'express';
import { sameBytes, sha256 } from '../crypto.ts';
import { AppError } from '../errors.ts';

/**
 * Throws UNAUTHENTICATED without the right token, and NOT_FOUND where none is configured, as if the route were not there.
 * The comparison tells nothing by its time.
 */
export function requireInternal(req: Request, token: string | undefined): void {
  if (token === undefined) throw new AppError('NOT_FOUND', 'There is nothing at this address.');
  const sent = /^Bearer +(\S+) *$/i.exec(req.get('authorization') ?? '')?.[1];
  if (sent === undefined || !sameBytes(sha256(sent), sha256(token)))
    throw new AppError('UNAUTHENTICATED', 'Send the internal token as "Authorization: Bearer <token>".');
}
