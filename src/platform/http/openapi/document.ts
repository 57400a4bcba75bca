/** The description of the HTTP interface (OpenAPI 3.1), made from the same declarations that serve it. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { type ErrorCode, errorCatalogue } from '../../errors.ts';
import { Problem } from '../problem.ts';
import { statusOf } from '../reply.ts';
import type { Route } from '../route.ts';

export function describe(routes: readonly Route[], { base, version }: { base: string; version: string }) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = base + route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Housecall',
      version,
      description: 'Errors are problem details (RFC 9457) with a `code` of a closed list.',
    },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    security: [{ bearer: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
  });
}

function operation(route: Route): ZodOpenApiOperationObject {
  const access = route.access as { public: string } | { scopes: readonly string[] };
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    ...('public' in access
      ? { security: [], description: `Public. ${access.public}` }
      : {
          // OpenAPI 3.1 lets a scheme that is not OAuth name what the caller must have.
          security: [{ bearer: [...access.scopes] }],
          description: `Needs ${access.scopes.map((scope) => `\`${scope}\``).join(', ')}.`,
        }),
    ...((route.params || route.query) && {
      requestParams: { ...(route.params && { path: route.params }), ...(route.query && { query: route.query }) },
    }),
    ...(route.body && {
      requestBody: { required: !acceptsNothing(route.body), content: { 'application/json': { schema: route.body } } },
    }),
    responses: { [statusOf(route)]: success(route), ...refusals(route) },
  };
}

function success(route: Route) {
  if (route.reply === undefined) return { description: 'Done' };
  if (route.reply === 'stream') return { description: 'A file', content: { 'text/csv': { schema: z.string() } } };
  return { description: 'Done', content: { 'application/json': { schema: route.reply as z.ZodType } } };
}

/** One response a status, with the codes that it may carry. */
function refusals(route: Route) {
  const codes = new Set<ErrorCode>([...(route.errors ?? []), 'RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE']);
  if (!('public' in route.access)) codes.add('UNAUTHENTICATED').add('FORBIDDEN');
  if (route.params && ![...codes].some((code) => errorCatalogue[code].status === 404)) codes.add('NOT_FOUND');
  if (route.query || route.body) codes.add('INVALID_INPUT');
  if (route.body) codes.add('MALFORMED').add('PAYLOAD_TOO_LARGE').add('UNSUPPORTED_MEDIA_TYPE');
  const byStatus = Map.groupBy(codes, (code) => errorCatalogue[code].status);
  const entries = [...byStatus].map(([status, group]) => {
    const description = group.map((code) => `\`${code}\`: ${errorCatalogue[code].title}.`).join(' ');
    return [String(status), { description, content: { 'application/problem+json': { schema: Problem } } }] as const;
  });
  return Object.fromEntries(entries.toSorted(([a], [b]) => Number(a) - Number(b)));
}

function acceptsNothing(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}

/** `post /meetings/:id/cancel` → `postMeetingsIdCancel`. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
