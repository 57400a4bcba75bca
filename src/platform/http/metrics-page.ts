/** `GET /metrics`, for this machine and for who has the token. */
import { type Request, Router } from 'express';
import { sameBytes, sha256 } from '../crypto.ts';
import { AppError } from '../errors.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { isLocalRequest } from './local-request.ts';

/** Without a token, nobody elsewhere learns that it is there. */
export function metricsPage(metrics: Metrics, token: string | undefined): Router {
  const router = Router();
  router.get('/metrics', async (req, res) => {
    if (!isLocalRequest(req) && !hasToken(req, token)) {
      if (token === undefined) throw new AppError('NOT_FOUND', 'There is nothing at this address.');
      throw new AppError('UNAUTHENTICATED', 'Send the metrics token as "Authorization: Bearer <token>".');
    }
    const text = await metrics.text();
    res.setHeader('Cache-Control', 'no-store').setHeader('Content-Type', metrics.contentType).send(text);
  });
  return router;
}

function hasToken(req: Request, token: string | undefined): boolean {
  const sent = /^Bearer +(.+)$/i.exec(req.get('authorization') ?? '')?.[1];
  return token !== undefined && sent !== undefined && sameBytes(sha256(sent), sha256(token));
}
