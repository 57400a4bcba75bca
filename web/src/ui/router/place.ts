/**
 * Where the browser is: the address bar and what the history entry remembers. A router of this size instead of a
 * library's keeps 25 kB (compressed) off a patient's first page.
 */

export interface Place {
  path: string;
  /** With its `?`, or empty. */
  search: string;
  /** What the step here said; the browser keeps it through a reload, and it is in no link that could be shared. */
  intent: unknown;
  /** Raised by every step, so that the same address twice is two steps. */
  step: number;
}

export interface Step {
  /** Takes the present entry's place in the history. */
  replace?: boolean;
  intent?: unknown;
}

export interface Places {
  readonly place: Place;
  subscribe: (listener: () => void) => () => void;
  go: (target: string, step?: Step) => void;
  /** Until it is let go, the browser's Back and Forward only call `onTry`, and the page stays. Answers how to let go. */
  hold: (onTry: () => void) => () => void;
}

/**
 * Pages with a document of their own. What a document may load is settled when it comes, and what it has loaded, somebody
 * else's script, stays as long as it does.
 */
const isApart = (path: string): boolean => path.startsWith('/pay/');

function intentOf(state: unknown): unknown {
  return typeof state === 'object' && state !== null && 'intent' in state ? state.intent : null;
}

/** Follows `window.history` from here on. */
export function createPlaces(window: Window): Places {
  const listeners = new Set<() => void>();
  let place = read(0);
  let held: (() => void) | null = null;

  function read(step: number): Place {
    const { pathname, search } = window.location;
    return { path: pathname, search, intent: intentOf(window.history.state), step };
  }

  function moved(isStep = true): void {
    place = read(isStep ? place.step + 1 : place.step);
    for (const listener of listeners) listener();
  }

  function onPop(): void {
    if (held === null) {
      moved();
      return;
    }
    window.history.pushState({ intent: place.intent }, '', place.path + place.search);
    held();
  }

  window.addEventListener('popstate', onPop);
  return {
    get place() {
      return place;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    go(target, { replace = false, intent = null } = {}) {
      const before = place;
      if (target.startsWith('/') && isApart(target) !== isApart(window.location.pathname)) {
        if (replace) window.location.replace(target);
        else window.location.assign(target);
        return;
      }
      if (replace) window.history.replaceState({ intent }, '', target);
      else window.history.pushState({ intent }, '', target);
      // What a filter writes into the address is no step: the focus stays where it was changed.
      const isStep = !replace || intent !== null || before.intent !== null || window.location.pathname !== before.path;
      moved(isStep);
      if (!replace) window.scrollTo(0, 0);
    },
    hold(onTry) {
      held = onTry;
      return () => {
        if (held === onTry) held = null;
      };
    },
  };
}
