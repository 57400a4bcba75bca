/** Sends what a handler gave: parsed by the reply schema, or streamed. */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { toAppError } from './problem.ts';
import { stateOf } from './request-state.ts';
import type { Route, StreamReply } from './route.ts';

/** `beforeBytes` is waited for once it is certain what is answered and before any of it leaves. */
export async function sendReply(
  res: Response,
  route: Route,
  reply: unknown,
  beforeBytes: () => Promise<void>,
): Promise<void> {
  res.setHeader('Cache-Control', 'no-store');
  if (route.reply === 'stream') return sendStream(res, route, reply as StreamReply, beforeBytes);
  const body = route.reply && fit(route.reply as z.ZodType, reply, res);
  await beforeBytes();
  if (route.reply === undefined) res.status(statusOf(route)).end();
  else sendJson(res, statusOf(route), JSON.stringify(body));
}

/** Not by Express's `json`, which may answer that nothing is new: nothing here is kept, so there is nothing to compare with. */
export function sendJson(res: Response, status: number, text: string): void {
  res.status(status).setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(text)).end(text);
}

export function statusOf(route: Route): number {
  return route.status ?? (route.reply === undefined ? 204 : 200);
}

/**
 * Strips what the schema does not declare, without waiting, which zod does several times as fast. A reply that does not fit
 * is our fault: logged by field, never by value.
 */
function fit(schema: z.ZodType, reply: unknown, res: Response): unknown {
  const parsed = schema.safeParse(reply);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), code: issue.code }));
  stateOf(res).logger.error({ issues }, 'reply does not fit its schema');
  throw new AppError('INTERNAL');
}

/**
 * Streams with back-pressure; a caller who goes away destroys the source. Nothing is sent before the source has its
 * first bytes, so that what fails at once is still a problem with a status.
 */
async function sendStream(
  res: Response,
  route: Route,
  { contentType, fileName, stream, length, part }: StreamReply,
  beforeBytes: () => Promise<void>,
): Promise<void> {
  // Log, tracing, limits, compression and this pipeline listen, which is no leak.
  res.setMaxListeners(20).once('close', () => stream.destroy());
  // Before the connection is cut, so that the request's log line can say why.
  stream.once('error', (error) => {
    stateOf(res).error = toAppError(error);
  });
  try {
    await firstBytes(stream);
    await beforeBytes();
    if (res.destroyed) return;
    res.status(part ? 206 : statusOf(route)).setHeader('Content-Type', contentType);
    res.setHeader('Content-Disposition', asAttachment(fileName));
    if (length !== undefined) res.setHeader('Content-Length', length);
    if (part) res.setHeader('Content-Range', `bytes ${part.start}-${part.end}/${part.size}`);
    await pipeline(stream, res);
  } catch (error) {
    if (!gone(res, error)) throw error;
  } finally {
    stream.destroy();
  }
}

/** With the name as it is where it is more than plain letters (RFC 6266, RFC 8187). */
function asAttachment(name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const isPlain = /^[\x20-\x7e]*$/.test(name);
  return `attachment; filename="${plain}"${isPlain ? '' : `; filename*=UTF-8''${encoded}`}`;
}

async function firstBytes(stream: Readable): Promise<void> {
  if (stream.readableLength > 0 || stream.readableEnded) return;
  const settled = new AbortController();
  const { signal } = settled;
  try {
    await Promise.race([
      once(stream, 'readable', { signal }),
      once(stream, 'end', { signal }),
      once(stream, 'close', { signal }),
    ]);
  } finally {
    settled.abort();
  }
}

/** Whether the caller, not the source, ended the stream. */
function gone(res: Response, error: unknown): boolean {
  return res.destroyed && error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
