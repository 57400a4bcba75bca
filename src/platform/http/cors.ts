/** Which foreign pages may read our answers (WHATWG Fetch, "CORS protocol"): those on the list, and no others. */
import type { RequestHandler } from 'express';

const allowed = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, Idempotency-Key, X-Request-Id',
  'Access-Control-Max-Age': '600',
};
const exposed = 'X-Request-Id, RateLimit, RateLimit-Policy, Retry-After, Content-Disposition';

/**
 * Credentials are never allowed: the cookie is for our own pages alone, which is also why `X-Housecall-Client` is not among
 * the headers that a foreign page may send.
 */
export function cors(origins: readonly string[]): RequestHandler {
  const list = new Set(origins.map((origin) => new URL(origin).origin));
  return (req, res, next) => {
    res.vary('Origin');
    const origin = req.get('origin');
    const known = origin !== undefined && list.has(origin);
    if (known) {
      res.setHeader('Access-Control-Allow-Origin', origin);
      res.setHeader('Access-Control-Expose-Headers', exposed);
    }
    if (!known || req.method !== 'OPTIONS' || req.get('access-control-request-method') === undefined) return next();
    for (const [name, value] of Object.entries(allowed)) res.setHeader(name, value);
    res.status(204).end();
  };
}
