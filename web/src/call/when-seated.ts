/** Waiting for the seat: what is asked for while the connection is away is done when it is back. */
import type { CallModel } from './call-state.ts';
import { CallFailed } from './failure.ts';
import type { Store } from './store.ts';

/** Longer than a change of network takes, and shorter than the patience of somebody who pressed a button. */
const longestWaitMs = 15_000;

/** Resolves when a seat is held. Rejects with CallFailed when none is wanted, or none was had for 15 s. */
export function whenSeated(store: Store<CallModel>): Promise<void> {
  if (store.value.hasSeat) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      unsubscribe();
      settle();
    };
    const look = () => {
      if (store.value.hasSeat) finish(resolve);
      else if (!isOnTheWay(store.value)) {
        finish(() => reject(new CallFailed('NOT_JOINED', 'You are not in the visit.')));
      }
    };
    const timer = setTimeout(
      () => finish(() => reject(new CallFailed('NO_ANSWER', 'The connection is away.'))),
      longestWaitMs,
    );
    const unsubscribe = store.subscribe(look);
    look();
  });
}

/** One who waits for the doctor has no seat to wait for: that may take an hour. */
function isOnTheWay({ phase }: CallModel): boolean {
  return phase === 'connecting' || phase === 'reconnecting' || phase === 'in-call';
}
