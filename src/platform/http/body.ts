/** Reads a JSON body. */
import express, { type Request, type Response } from 'express';
import { AppError } from '../errors.ts';

export const bodyLimit = 1_000_000;

const read = express.json({ limit: bodyLimit, strict: false, type: () => true });

/** The parsed body; undefined when none was sent. Throws UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE or MALFORMED. */
export async function readJson(req: Request, res: Response): Promise<unknown> {
  if (req.headers['transfer-encoding'] === undefined && Number(req.headers['content-length'] ?? 0) === 0)
    return undefined;
  if (!req.is(['application/json', 'application/*+json'])) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
  }
  await new Promise<void>((resolve, reject) => {
    read(req, res, (error?: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new AppError('MALFORMED'));
    });
  });
  return req.body;
}
