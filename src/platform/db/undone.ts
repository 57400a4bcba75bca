/** Work that the database undid for somebody else's sake is done again. */
import { databaseFault } from './faults.ts';

/** Resolves a deadlock, or two transactions that cannot both have been first: nothing is kept, and trying again is right. */
const undone: ReadonlySet<string> = new Set(['40P01', '40001']);

/** `attempt` is a whole transaction, which may run more than once and leaves nothing behind when it throws. */
export async function againWhenUndone<T>(attempt: () => Promise<T>, tries = 3): Promise<T> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || !undone.has(databaseFault(error)?.sqlState ?? '')) throw error;
    }
  }
}
