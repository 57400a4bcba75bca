/** Whoever tries one secret after another is made to wait, before the next one is looked up. */
import type { Request, Response } from 'express';
import { AppError } from '../errors.ts';
import { addressKey, type RateLimits } from './rate-limit.ts';
import type { Route } from './route.ts';

/**
 * Counts what the request is refused for, where it carries a secret that has to be looked up: a password, a refresh token,
 * an API key. A signed token is not among them: nobody guesses one, and an office of people who are signed in must not
 * wait because somebody among them guesses.
 */
export async function countingGuesses(
  route: Route,
  req: Request,
  res: Response,
  limits: RateLimits,
  serve: () => Promise<void>,
): Promise<void> {
  const address = addressKey(req);
  const isDoor = route.limit === 'auth';
  if (isDoor) await limits.take(res, ['auth', address]);
  if (!isDoor && !carriesSecret(req)) return serve();
  await limits.requireTrust(address, res);
  try {
    await serve();
  } catch (error) {
    if (error instanceof AppError && error.status === 401) await limits.refused(address);
    throw error;
  }
}

const signedToken = /^Bearer +[\w-]+\.[\w-]+\.[\w-]+ *$/i;

function carriesSecret({ headers }: Request): boolean {
  if (headers['x-api-key'] !== undefined) return true;
  return headers.authorization !== undefined && !signedToken.test(headers.authorization);
}
