import { createContext, type PropsWithChildren, use, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { Place, Places, Step } from './place.ts';

const PlacesContext = createContext<Places | null>(null);

export function RouterProvider({ places, children }: PropsWithChildren<{ places: Places }>) {
  return <PlacesContext value={places}>{children}</PlacesContext>;
}

function usePlaces(): Places {
  const places = use(PlacesContext);
  if (places === null) throw new Error('There is no RouterProvider above this.');
  return places;
}

export function usePlace(): Place {
  const places = usePlaces();
  return useSyncExternalStore(places.subscribe, () => places.place);
}

/** While the component is there, going back in the browser only calls `onTry`. */
export function useHold(onTry: () => void): void {
  const places = usePlaces();
  const latest = useEffectEvent(onTry);
  useEffect(() => places.hold(() => latest()), [places]);
}

/** Goes to an address of this application. */
export function useGo(): (target: string, step?: Step) => void {
  return usePlaces().go;
}
