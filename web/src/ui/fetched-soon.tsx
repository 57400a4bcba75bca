import { type ComponentType, lazy, useState } from 'react';

/** A part of the program that is fetched before it is needed. */
export interface FetchedSoon<P extends object> {
  /** Drawn at once when it has been fetched; else the Suspense above shows its fallback until it has. */
  Part: ComponentType<P>;
  /** Fetches it. Rejects when that fails; it is tried again when the part is drawn. */
  fetch(): Promise<unknown>;
}

/**
 * As React's `lazy`, but for what is there already: `lazy` shows the fallback all the same the first time, and React
 * leaves a fallback on the screen for 300 ms.
 */
export function fetchedSoon<P extends object>(load: () => Promise<ComponentType<P>>): FetchedSoon<P> {
  let fetched: ComponentType<P> | null = null;
  const fetch = async () => {
    fetched ??= await load();
    return fetched;
  };
  const Later: ComponentType<P> = lazy(async () => ({ default: await fetch() }));
  function Part(props: P) {
    // For as long as it is on the screen: another one would be drawn from the beginning.
    const [Chosen] = useState(() => fetched ?? Later);
    return <Chosen {...props} />;
  }
  return { Part, fetch };
}
