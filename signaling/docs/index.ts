/** The socket protocol described: for programs as a route, for people as a page. */
import { z } from 'zod';
import { type Route, route } from '../../src/platform/http/route.ts';
import { describeSocket } from './asyncapi.ts';
import { socketPage } from './page.ts';

export interface SocketDocs {
  route: Route;
  /** HTML. */
  page: string;
}

export function createSocketDocs(version: string): SocketDocs {
  const document = describeSocket(version);
  return {
    page: socketPage(document),
    route: route({
      method: 'get',
      path: '/asyncapi.json',
      summary: 'The description of the socket protocol (AsyncAPI 3.0)',
      tag: 'platform',
      access: { public: 'Says nothing about anybody.' },
      audit: { none: 'A description of the interface.' },
      reply: z.record(z.string(), z.unknown()),
      handler: async () => document,
    }),
  };
}
