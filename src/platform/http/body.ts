/** Reads a JSON body. */
import express, { type Request, type Response } from 'express';
import { AppError } from '../errors.ts';

/** Bytes, once they are unpacked. What anybody may send without being known is small. */
export const bodyLimits = { normal: 1_000_000, auth: 16_000 } as const;

const raws = new WeakMap<object, Buffer>();
const reader = (limit: number, verify?: (req: object, res: object, raw: Buffer) => void) =>
  express.json({ limit, strict: false, type: () => true, ...(verify && { verify }) });
const readers = { normal: reader(bodyLimits.normal), auth: reader(bodyLimits.auth) };
/** Keeps the bytes beside what they say, for who has to check a signature over them. */
const keeping = reader(bodyLimits.normal, (req, _res, raw) => void raws.set(req, raw));

/** The bytes of a body that was read with `raw`; none when there was no body. */
export function rawBodyOf(req: Request): Buffer {
  return raws.get(req) ?? Buffer.alloc(0);
}

/** The parsed body; undefined when none was sent. Throws UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE or MALFORMED. */
export async function readJson(
  req: Request,
  res: Response,
  size: keyof typeof bodyLimits | 'raw' = 'normal',
): Promise<unknown> {
  if (req.headers['transfer-encoding'] === undefined && Number(req.headers['content-length'] ?? 0) === 0)
    return undefined;
  if (!req.is(['application/json', 'application/*+json'])) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
  }
  await new Promise<void>((resolve, reject) => {
    (size === 'raw' ? keeping : readers[size])(req, res, (error?: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new AppError('MALFORMED'));
    });
  });
  return req.body;
}
