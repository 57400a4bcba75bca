/** How many transports of a router are not closed. One that has none is as good as new, and making one costs more than a room. */
import type { types } from './mediasoup.ts';

const open = new WeakMap<types.Router, number>();

/** To be called before anything is made on it. */
export function watchTransports(router: types.Router): types.Router {
  const add = (count: number) => open.set(router, (open.get(router) ?? 0) + count);
  router.observer.on('newtransport', (transport) => {
    add(1);
    transport.observer.once('close', () => add(-1));
  });
  return router;
}

/** Whether it lives and nothing of a room is left on it. */
export function isAsNew(router: types.Router): boolean {
  return !router.closed && (open.get(router) ?? 0) === 0;
}
