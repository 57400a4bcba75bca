/** A password that somebody else chooses for a person keeps the same rules as one of their own. */
import { AppError } from '../../platform/errors.ts';
import { type PasswordOwner, passwordFaults } from '../auth/schema.ts';

/** Throws INVALID_INPUT on `password` with what it lacks. */
export async function requireGoodPassword(password: string, owner: PasswordOwner): Promise<void> {
  const faults = passwordFaults(password, owner).map((message) => ({ path: 'password', message }));
  if (faults.length > 0) throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults });
}
