/** Reads a JSON body. */
import express, { type Request, type Response } from 'express';
import { AppError } from '../errors.ts';

/** Bytes, once they are unpacked. What anybody may send without being known is small. */
export const bodyLimits = { normal: 1_000_000, auth: 16_000 } as const;

const reader = (limit: number) => express.json({ limit, strict: false, type: () => true });
const readers = { normal: reader(bodyLimits.normal), auth: reader(bodyLimits.auth) };

/** The parsed body; undefined when none was sent. Throws UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE or MALFORMED. */
export async function readJson(
  req: Request,
  res: Response,
  size: keyof typeof bodyLimits = 'normal',
): Promise<unknown> {
  if (req.headers['transfer-encoding'] === undefined && Number(req.headers['content-length'] ?? 0) === 0)
    return undefined;
  if (!req.is(['application/json', 'application/*+json'])) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
  }
  await new Promise<void>((resolve, reject) => {
    readers[size](req, res, (error?: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new AppError('MALFORMED'));
    });
  });
  return req.body;
}
