/** Requests to throw: made from the OpenAPI description, right ones and spoilt ones, and what is no request of ours at all. */
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { canary, canaryText } from './canary.ts';
import { hostileText } from './hostile.ts';
import { fitting, type JsonSchema, type Known } from './json-schema.ts';
import { mutate, mutation } from './mutate.ts';

export interface Operation {
  method: string;
  path: string;
  /** Declared in the description, by status. */
  responses: Record<string, unknown>;
  parameters?: { in: string; name: string; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema; example?: unknown }> };
}

export interface RestShot {
  method: string;
  /** As it stands in the request line. */
  target: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
  /** Undefined for what the description knows nothing of. */
  operation: Operation | undefined;
}

export interface RestAims extends Known {
  operations: readonly Operation[];
  /** Values of the Authorization header; '' for none. */
  credentials: readonly string[];
  /** Ready-made bodies that go through, by `METHOD path`: e-mail and password belong together. */
  bodies: Record<string, readonly unknown[]>;
  /** Ids that fit into the path of an operation, by `METHOD path` and the name of the parameter. */
  places?: Record<string, Record<string, readonly string[]>>;
}

export function operationsOf(description: unknown): Operation[] {
  const { paths } = description as { paths: Record<string, Record<string, Omit<Operation, 'method' | 'path'>>> };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

/** Whoever registers or gives an unknown name costs a bcrypt of a quarter of a second: seldom, or the time is spent there. */
const costly = /\/(register|login|change-password|change-email|reset-password|users|disable|recovery-codes)$/;

export function restShot(aims: RestAims): fc.Arbitrary<RestShot> {
  const known = aims.operations.map((operation) => ({
    weight: costly.test(operation.path) && operation.method !== 'GET' ? 1 : 8,
    arbitrary: operationShot(operation, aims),
  }));
  return fc.oneof({ weight: 12, arbitrary: fc.oneof(...known) }, { weight: 1, arbitrary: strayShot(aims) });
}

function operationShot(operation: Operation, aims: RestAims): fc.Arbitrary<RestShot> {
  return fc
    .record({
      method: fc.oneof({ weight: 20, arbitrary: fc.constant(operation.method) }, otherMethod),
      path: pathOf(operation, aims),
      query: queryOf(operation, aims),
      body: operation.method === 'GET' ? fc.constant(undefined) : bodyOf(operation, aims),
      headers: headersOf(aims),
    })
    .map(({ method, path, query, body, headers }) => ({
      method,
      target: query === '' ? path : `${path}?${query}`,
      headers: { ...headers, ...(body && { 'content-type': body.type, ...body.headers }) },
      body: body?.bytes,
      operation: method === operation.method && isAddressed(operation, path) ? operation : undefined,
    }));
}

const otherMethod = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'LOCK',
  'QUERY',
);

/** As text is put into an address; halves of characters are left out, since no client can send them. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

const rawPieces = [
  '%',
  '%zz',
  '%00',
  '..',
  '..%2f..%2f',
  '%2e%2e%2f',
  '%ff%fe',
  ';a=b',
  '*',
  `${canary}%0d%0aX-Injected:1`,
];

function pathOf({ method, path }: Operation, { ids, places }: RestAims): fc.Arbitrary<string> {
  const right = places?.[`${method} ${path}`];
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...ids) },
    { weight: 2, arbitrary: fc.uuid() },
    { weight: 2, arbitrary: hostileText.map(encode) },
    { weight: 1, arbitrary: fc.constantFrom(...rawPieces) },
  );
  const random = piece.map((filled) => path.replaceAll(/\{\w+\}/g, filled));
  if (!right) return random;
  const named = fc
    .record(Object.fromEntries(Object.entries(right).map(([name, known]) => [name, fc.constantFrom(...known)])))
    .map((chosen) => path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(chosen[name])));
  return fc.oneof({ weight: 2, arbitrary: named }, { weight: 1, arbitrary: random });
}

/** Whether the address is one that the path of the operation stands for, as a router reads it. */
function isAddressed({ path }: Operation, address: string): boolean {
  const [given, declared] = [address.split('/'), path.split('/')];
  if (given.length !== declared.length) return false;
  return declared.every((part, index) => {
    const piece = given[index] ?? '';
    if (!part.startsWith('{')) return piece === part;
    return piece !== '' && !/[?#]/.test(piece) && !/^(?:\.|%2e){1,2}$/i.test(piece);
  });
}

function queryOf({ parameters = [] }: Operation, aims: RestAims): fc.Arbitrary<string> {
  const declared = parameters.filter((one) => one.in === 'query');
  const right = declared.map(({ name, schema }) =>
    fitting(schema, aims).map((value) => `${name}=${encode(String(value))}`),
  );
  const names = [...declared.map(({ name }) => name), '__proto__', 'limit[]', 'a[b][c]', '', canary];
  const wrong = fc.tuple(fc.constantFrom(...names), hostileText).map(([name, value]) => `${name}=${encode(value)}`);
  const strange = fc.constantFrom('%', '%zz=%zz', '&&&', '=', '?', 'limit', '%00=%00', `limit=1&limit=2`);
  const pairs = right.length === 0 ? [] : [{ weight: 8, arbitrary: fc.oneof(...right) }];
  const pair = fc.oneof(...pairs, { weight: 2, arbitrary: wrong }, { weight: 1, arbitrary: strange });
  const few = fc.array(pair, { maxLength: 3 }).map((chosen) => chosen.join('&'));
  return fc.oneof({ weight: declared.length > 0 ? 1 : 6, arbitrary: fc.constant('') }, few);
}

interface Body {
  bytes: Buffer;
  type: string;
  headers?: Record<string, string>;
}

const json = (value: unknown): Body => ({
  bytes: Buffer.from(JSON.stringify(value) ?? ''),
  type: 'application/json',
});

function bodyOf(operation: Operation, aims: RestAims): fc.Arbitrary<Body | undefined> {
  const schema = operation.requestBody?.content['application/json']?.schema;
  const own = aims.bodies[`${operation.method} ${operation.path}`] ?? [];
  const made = schema ? [fitting(schema, aims)] : [fc.constant({})];
  const right = own.length > 0 ? fc.oneof(...made, fc.constantFrom(...own)) : fc.oneof(...made);
  const spoilt = fc
    .tuple(right, fc.array(mutation, { minLength: 1, maxLength: 2 }))
    .map(([value, mutations]) => json(mutations.reduce<unknown>(mutate, value)));
  return fc.oneof(
    { weight: 5, arbitrary: right.map(json) },
    { weight: 6, arbitrary: spoilt },
    { weight: 2, arbitrary: oddBody(right) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

const types = [
  'text/plain',
  'application/json; charset=utf-16',
  'application/json; charset=utf-7',
  'application/json;charset=x-unknown',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/xml',
  'application/ld+json',
  'APPLICATION/JSON',
  'application/json, text/plain',
  canary,
];

const oddBytes = [
  '',
  'null',
  '[',
  `{"${canary}":`,
  '{"a":1,"a":2}',
  '{"a":NaN}',
  `{'a':1}`,
  '\ufeff{}',
  '"\\ud800"',
  `"${canary}"`,
  '['.repeat(200_000),
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  `{"reason":"${'x'.repeat(1_100_000)}"}`,
  `{"email":{"length":{"valueOf":1,"toString":1}},"reason":{"length":{"valueOf":1,"toString":1}}}`,
].map((text) => Buffer.from(text));
const notText = [Buffer.from([0xff, 0xfe, 0x00]), Buffer.from('{"a":"\xff"}', 'latin1')];
const type = 'application/json';
const zipped = (bytes: Buffer): Body => ({ bytes: gzipSync(bytes), type, headers: { 'content-encoding': 'gzip' } });
const bomb = zipped(Buffer.alloc(20_000_000, 'a'));
const strangelyEncoded = ['gzip', 'br', 'deflate', 'x', 'gzip, gzip'].map(
  (encoding): Body => ({ bytes: Buffer.from('{}'), type, headers: { 'content-encoding': encoding } }),
);

/** The right thing in another form, and no thing at all. */
function oddBody(right: fc.Arbitrary<unknown>): fc.Arbitrary<Body> {
  return fc.oneof(
    fc.constantFrom(...oddBytes, ...notText).map((bytes) => ({ bytes, type })),
    fc.tuple(right, fc.constantFrom(...types)).map(([value, other]) => ({ ...json(value), type: other })),
    right.map((value) => zipped(Buffer.from(JSON.stringify(value) ?? ''))),
    fc.constantFrom(...strangelyEncoded),
    fc.constant(bomb),
  );
}

const oddHeaders: Record<string, string>[] = [
  {},
  { 'x-request-id': 'a sane.one-123'.replace(' ', '_') },
  { 'x-request-id': `${canary} <script>` },
  { 'x-request-id': canary.repeat(1_000) },
  { 'x-housecall-client': 'web' },
  { 'x-housecall-client': 'web', cookie: `housecall_refresh=${canary}; housecall_refresh=%zz; =; ;;` },
  { cookie: `housecall_refresh=${canary}; __proto__=1; a` },
  { accept: 'text/event-stream' },
  { accept: `${canary}/*;q=x` },
  { 'accept-encoding': 'br;q=1.0, gzip;q=0, *;q=x' },
  { 'accept-language': canary },
  { origin: `https://${canary}.example` },
  { origin: 'null', 'access-control-request-method': 'DELETE' },
  { 'x-forwarded-for': `${canary}, 127.0.0.1`, 'x-forwarded-proto': 'https', 'x-forwarded-host': `${canary}.example` },
  { 'x-http-method-override': 'DELETE' },
  { range: 'bytes=0-0,-1' },
  { 'if-none-match': '*', 'if-modified-since': canary },
  { 'idempotency-key': canary },
  { 'idempotency-key': `${canary} with a space` },
  ...Array.from({ length: 6 }, (_, n) => ({ 'idempotency-key': `${canary}-${n}` })),
  { expect: '100-continue' },
  // The policy for pages names the host that was asked for; a browser lets nobody choose that for somebody else.
  { host: 'strange.example:99999' },
  { traceparent: '00-00000000000000000000000000000000-0000000000000000-00' },
];

function headersOf({ credentials }: RestAims): fc.Arbitrary<Record<string, string>> {
  return fc
    .tuple(fc.constantFrom(...credentials), fc.constantFrom(...oddHeaders))
    .map(([authorization, odd]) => ({ ...odd, ...(authorization !== '' && { authorization }) }));
}

const strayPaths = [
  '/',
  '//',
  '/api',
  '/api/v1',
  '/api/v1/',
  '/api/v2/meetings',
  '/api/v1/meetings/',
  '/API/V1/meetings',
  '/api/v1/auth/login/../../meetings',
  '/api/v1/__proto__',
  '/api/v1/constructor/prototype',
  '/healthz',
  '/readyz',
  '/metrics',
  '/docs',
  '/docs/',
  '/docs/swagger-ui.css',
  '/docs/..%2f..%2fpackage.json',
  '/docs/%2e%2e/%2e%2e/package.json',
  '/problems/meeting-ended',
  `/problems/${canary}`,
  '/problems/__proto__',
  '/problems/constructor',
  '/assets/..%2f..%2f..%2f.env',
  '/assets/%00',
  '/.env',
  '/.git/config',
  '/data/jwt-secret',
  '/index.html',
  '/src/main.ts',
  `//${canary}.example/%2e%2e`,
  `//${canary}.example/..`,
  `/\\${canary}.example`,
  '/socket.io/',
  '/socket.io/?EIO=4&transport=polling',
  '/socket.io/?EIO=3&transport=polling&sid=__proto__',
  '/socket.io/?EIO=4&transport=websocket',
  `/socket.io/?EIO=4&transport=polling&sid=${canary}`,
  '/.well-known/jwks.json',
];

function strayShot(aims: RestAims): fc.Arbitrary<RestShot> {
  return fc
    .record({
      method: fc.oneof({ weight: 4, arbitrary: fc.constant('GET') }, otherMethod),
      target: fc.oneof(
        fc.constantFrom(...strayPaths),
        canaryText().map((text) => `/${encode(text)}`),
      ),
      headers: headersOf(aims),
    })
    .map((shot) => ({ ...shot, body: undefined, operation: undefined }));
}
