/** Answers the addresses that problem details carry as their `type`, in one line of text each. */
import { Router } from 'express';
import { AppError, type ErrorCode, errorCatalogue } from '../errors.ts';
import { problemType } from './problem.ts';

export function problemPages(): Router {
  const router = Router();
  const byAddress = new Map(
    Object.keys(errorCatalogue).map((code) => [problemType(code as ErrorCode), code as ErrorCode]),
  );
  router.get('/problems/:name', (req, res) => {
    const code = byAddress.get(req.path);
    if (!code) throw new AppError('NOT_FOUND');
    const { status, title } = errorCatalogue[code];
    res.type('text/plain').send(`${code} (HTTP ${status}): ${title}.\n`);
  });
  return router;
}
