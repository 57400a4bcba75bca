/** The description of the HTTP interface (OpenAPI 3.1), made from the same declarations that serve it. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { type ErrorCode, errorCatalogue } from '../../errors.ts';
import { takesKey } from '../idempotency.ts';
import type { FileRule } from '../multipart.ts';
import { Problem } from '../problem.ts';
import { statusOf } from '../reply.ts';
import type { Access, Route } from '../route.ts';
import { headers, headersOf, introduction, parameters, problemExample, securitySchemes } from './headers.ts';
import { withExamples } from './with-examples.ts';

export function describe(routes: readonly Route[], { base, version }: { base: string; version: string }) {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = base + route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  const document = createDocument({
    openapi: '3.1.1',
    info: { title: 'Housecall', version, description: introduction },
    components: { securitySchemes, headers, parameters },
    security: [{ bearer: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
  });
  return withExamples(document);
}

function operation(route: Route): ZodOpenApiOperationObject {
  const { params, query, body, receives } = route;
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    ...accessOf(route),
    ...((params || query) && { requestParams: { ...(params && { path: params }), ...(query && { query }) } }),
    ...(takesKey(route) && { parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }] }),
    ...(receives && { requestBody: form(route, receives) }),
    ...(body &&
      !receives && {
        requestBody: { required: !acceptsNothing(body), content: { 'application/json': { schema: body } } },
      }),
    responses: { [statusOf(route)]: success(route), ...refusals(route) },
  };
}

function form({ body }: Route, { field }: FileRule) {
  const file = z.string().meta({ description: 'The file.', format: 'binary', example: '…' });
  const schema = (body as z.ZodObject).extend({ [field]: file });
  return { required: true, content: { 'multipart/form-data': { schema } } };
}

function accessOf({ access }: Route): Pick<ZodOpenApiOperationObject, 'security' | 'description'> {
  const asked = access as Access;
  if ('public' in asked) return { security: [], description: `Public. ${asked.public}` };
  if ('internal' in asked) return { security: [{ internal: [] }], description: `Internal. ${asked.internal}` };
  const scopes = [...asked.scopes];
  // OpenAPI 3.1 lets a scheme that is not OAuth name what the caller must have.
  return {
    security: [{ bearer: scopes }, { apiKey: scopes }],
    description: `Needs ${scopes.map((scope) => `\`${scope}\``).join(', ')}.`,
  };
}

function success(route: Route) {
  const described = { description: 'Done', headers: headersOf(statusOf(route), takesKey(route)) };
  if (route.reply === undefined) return described;
  if (route.reply === 'stream')
    return { ...described, description: 'A file', content: { [route.streams ?? 'text/csv']: { schema: z.string() } } };
  const content = { 'application/json': { schema: route.reply as z.ZodType } };
  if (!route.events) return { ...described, content };
  return { ...described, content: { ...content, 'text/event-stream': { schema: route.events } } };
}

/** One response a status, with the codes that it may carry. */
function refusals(route: Route) {
  const byStatus = Map.groupBy(codesOf(route), (code) => errorCatalogue[code].status);
  const entries = [...byStatus].map(([status, group]) => {
    const description = group.map((code) => `\`${code}\`: ${errorCatalogue[code].title}.`).join(' ');
    const [first] = group;
    const content = { schema: Problem, ...(first && { example: problemExample(first) }) };
    return [
      String(status),
      { description, headers: headersOf(status), content: { 'application/problem+json': content } },
    ] as const;
  });
  return Object.fromEntries(entries.toSorted(([a], [b]) => Number(a) - Number(b)));
}

function codesOf(route: Route): Set<ErrorCode> {
  const { params, query, body } = route;
  const access = route.access as Access;
  const codes = new Set<ErrorCode>([...(route.errors ?? []), 'RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE']);
  if (!('public' in access)) codes.add('UNAUTHENTICATED');
  if ('scopes' in access) codes.add('FORBIDDEN').add('MFA_ENROLMENT_REQUIRED');
  // An address that cannot be decoded is malformed.
  if (params) codes.add('MALFORMED');
  if (params && ![...codes].some((code) => errorCatalogue[code].status === 404)) codes.add('NOT_FOUND');
  if (query || body) codes.add('INVALID_INPUT');
  if (body) codes.add('MALFORMED').add('PAYLOAD_TOO_LARGE').add('UNSUPPORTED_MEDIA_TYPE');
  if (takesKey(route)) codes.add('IDEMPOTENCY_IN_PROGRESS').add('INVALID_INPUT').add('IDEMPOTENCY_KEY_REUSED');
  return codes;
}

function acceptsNothing(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}

/** `post /meetings/:id/cancel` → `postMeetingsIdCancel`. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
