/**
 * What other processes serve, by their ROLES: 421 (RFC 9110, 15.5.20), so that a proxy which leads a path to the wrong ones is
 * found out, and nobody takes it for a thing that there is not.
 */
import type { RequestHandler } from 'express';
import { AppError } from '../errors.ts';

export function elsewhere(role: 'api' | 'signaling'): RequestHandler {
  return () => {
    throw new AppError('NOT_SERVED_HERE', `This process does not have the role ${role}: ask one that has.`);
  };
}
