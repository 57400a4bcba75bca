/** Notes when an answer got lost: whether the server did what was asked is then not known. */
import type { Ask } from '../connection/link.ts';
import { failureOf } from '../failure.ts';

/** As `ask`; `lost` is heard before the failure is. */
export function notingAsk(ask: Ask, lost: () => void): Ask {
  return async (name, input, timeoutMs) => {
    try {
      return await ask(name, input, timeoutMs);
    } catch (error) {
      if (failureOf(error).code === 'NO_ANSWER') lost();
      throw error;
    }
  };
}
