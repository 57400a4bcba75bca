import { startTransition, useEffect, useState, useSyncExternalStore } from 'react';

/** Something outside React that lives and closes, and says when its state changes. */
interface Living {
  subscribe(listener: () => void): () => void;
  close(): void;
}

const nobody = () => () => undefined;

/**
 * Makes a thing when the component comes, closes it when the component goes, and follows its changes. Null for the first
 * moment. `make` has to stay the same function (useCallback): another one is another thing.
 */
export function useLiving<T extends Living>(make: () => T): T | null {
  const [living, setLiving] = useState<T | null>(null);
  useEffect(() => {
    const made = make();
    // oxlint-disable-next-line react/set-state-in-effect -- It may only be made here: a render that React throws away would leave it open.
    setLiving(made);
    return () => made.close();
  }, [make]);
  return living;
}

/** A part of its state, read again at each change. The part has to be the same object while nothing changed. */
export function useLivingState<T extends Living, S>(living: T | null, read: (living: T) => S, before: S): S {
  return useSyncExternalStore(living === null ? nobody : (listener) => living.subscribe(listener), () =>
    living === null ? before : read(living),
  );
}

/**
 * As `useLivingState`, drawn in small steps between which the page goes on with its work: for a thing that waits for the
 * network while a large screen is drawn of it. What is on the screen may be a moment old, and stays as it is while the thing
 * is `inHaste`.
 */
export function useLivingStateInSteps<T extends Living & { readonly inHaste: Promise<void> | null }, S>(
  living: T | null,
  read: (living: T) => S,
  before: S,
): S {
  const [state, setState] = useState(() => before);
  useEffect(() => {
    if (living === null) return;
    let isHeld = false;
    let isGone = false;
    const look = () => {
      const { inHaste } = living;
      if (isHeld || isGone) return;
      if (inHaste === null) startTransition(() => setState(() => read(living)));
      else {
        isHeld = true;
        void inHaste.then(() => {
          isHeld = false;
          look();
        });
      }
    };
    look();
    const stop = living.subscribe(look);
    return () => {
      isGone = true;
      stop();
    };
  }, [living, read]);
  return living === null ? before : state;
}
