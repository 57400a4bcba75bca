/** Counts each request by the pattern of its route, and what its refusal says about limits and sign-ins. */
import type { RequestHandler, Response } from 'express';
import type { Metrics } from '../telemetry/metrics.ts';
import { stateOf } from './request-state.ts';

export const signInPath = '/auth/login';

export function requestMetrics(metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const begun = performance.now();
    res.once('close', () => {
      const { route, error } = stateOf(res);
      const seconds = (performance.now() - begun) / 1_000;
      metrics.request({ method: req.method, route, status: res.statusCode, seconds });
      if (error?.code === 'RATE_LIMITED') metrics.limitHit(limitOf(res));
      if (route === signInPath && req.method === 'POST') metrics.login(error?.code ?? 'success');
    });
    next();
  };
}

/** The policy that has nothing left, by its name in our own header; else it was the guard against guessing. */
function limitOf(res: Response): string {
  const left = /;r=(\d+)/.exec(String(res.getHeader('RateLimit')))?.[1];
  const policy = /^"(\w+)"/.exec(String(res.getHeader('RateLimit-Policy')))?.[1];
  return left === '0' && policy !== undefined ? policy : 'guesses';
}
