import { z } from 'zod';
import { type Route, route } from '../route.ts';
import { describe } from './document.ts';

/** The description of all `routes` and of itself, but for those of the operator's own programs. */
export function openapiRoute(routes: readonly Route[], options: { base: string; version: string }): Route {
  let document: Record<string, unknown> | undefined;
  const self: Route = route({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    tag: 'platform',
    access: { public: 'Says nothing about anybody.' },
    audit: { none: 'A description of the interface.' },
    reply: z.record(z.string(), z.unknown()),
    handler: async () => {
      document ??= { ...describe([...routes.filter(({ access }) => !('internal' in access)), self], options) };
      return document;
    },
  });
  return self;
}
