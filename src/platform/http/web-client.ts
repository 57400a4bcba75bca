/** Serves the built web client, and its page for every address that is the client's own. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import express, { type RequestHandler, Router } from 'express';

const year = 365 * 24 * 3_600;

/** `directory` is what `npm run build` made; without it every page says so. */
export function webClient(directory: string): Router {
  const router = Router();
  const page = path.join(directory, 'index.html');
  if (!existsSync(page)) {
    router.use(
      pages((_req, res) => {
        res.status(503).type('text/plain').send('The web client is not built. Run: npm run build\n');
      }),
    );
    return router;
  }
  const html = readFileSync(page, 'utf8');
  // The build puts a hash of the content into the names below /assets, so they never change.
  router.use(
    '/assets',
    express.static(path.join(directory, 'assets'), {
      index: false,
      redirect: false,
      immutable: true,
      maxAge: year * 1_000,
    }),
  );
  router.use(express.static(directory, { index: false, redirect: false, maxAge: '1h' }));
  router.use(
    pages((_req, res) => {
      res.setHeader('Cache-Control', 'no-cache');
      res.type('html').send(html);
    }),
  );
  return router;
}

/** Addresses that are never the web client's. */
const foreign = /^\/(?:api|socket\.io|docs|assets|healthz|readyz|metrics|problems)(?:\/|$)/;

function pages(serve: RequestHandler): RequestHandler {
  return (req, res, next) => {
    const wanted = (req.method === 'GET' || req.method === 'HEAD') && !foreign.test(req.path) && req.accepts('html');
    return wanted ? serve(req, res, next) : next();
  };
}
