/** A portal on loopback: it signs tokens of its own and shows its public keys, as long as it is up. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { TrustedIssuer } from '../../src/platform/trusted-issuers.ts';

export interface Portal extends AsyncDisposable {
  issuer: string;
  audience: string;
  jwksUri: string;
  /** How often its keys were asked for. */
  asked(): number;
  /** What it answers from now on: its keys, a fault, or nothing at all. */
  behave(how: 'up' | 'broken' | 'silent'): void;
  /** Signs with a new key from now on, which it shows beside the old ones. */
  changeKey(): Promise<void>;
  /** A token that is good for a minute, with changes. */
  token(payload: JWTPayload, header?: Record<string, string>): Promise<string>;
  /** Its entry in TRUSTED_ISSUERS. */
  trusted(tenant: string, more?: Partial<TrustedIssuer>): TrustedIssuer;
}

export async function startPortal(alg: 'RS256' | 'ES256' | 'EdDSA' = 'ES256'): Promise<Portal> {
  let asked = 0;
  let how: Parameters<Portal['behave']>[0] = 'up';
  let number = 0;
  const jwks: Record<string, unknown>[] = [];
  const makeKey = async () => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const kid = `portal-${(number += 1)}`;
    jwks.push({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' });
    return { privateKey, kid };
  };
  let key = await makeKey();
  const server = createServer((_req, res) => {
    asked += 1;
    if (how === 'silent') return;
    res.statusCode = how === 'up' ? 200 : 502;
    res.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: jwks }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `https://portal-${port}.example`;
  const audience = 'housecall';
  const jwksUri = `http://127.0.0.1:${port}/jwks.json`;
  return {
    issuer,
    audience,
    jwksUri,
    asked: () => asked,
    behave: (next) => {
      how = next;
    },
    changeKey: async () => {
      key = await makeKey();
    },
    token: (payload, header) => {
      const now = Math.floor(Date.now() / 1_000);
      const claims = { iss: issuer, aud: audience, iat: now, exp: now + 60, ...payload };
      return new SignJWT(claims).setProtectedHeader({ alg, kid: key.kid, ...header }).sign(key.privateKey);
    },
    trusted: (tenant, more = {}) => ({ issuer, audience, jwksUri, tenant, ...more }),
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
