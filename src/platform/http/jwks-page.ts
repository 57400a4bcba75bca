/** Serves the public keys of our tokens at the address where RFC 8615 and OpenID's discovery have them. */
import { Router } from 'express';

/** A key is published here at least so long, in seconds, before it may sign: docs/OPERATIONS.md, "Rotating keys". */
const maxAge = 300;

/** `jwks` is a key set of RFC 7517 with nothing secret in it. */
export function jwksPage(jwks: object): Router {
  const text = JSON.stringify(jwks);
  const router = Router();
  router.get('/.well-known/jwks.json', (_req, res) => {
    // Public as it is: any page may verify a token of its own.
    res.setHeader('Cache-Control', `public, max-age=${maxAge}`).setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin').type('application/jwk-set+json').send(text);
  });
  return router;
}
