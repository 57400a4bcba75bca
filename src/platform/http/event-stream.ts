/** Answers that come bit by bit, as server-sent events (HTML Living Standard, section 9.2). */
import { once } from 'node:events';
import type { Response } from 'express';
import { errorCatalogue } from '../errors.ts';
import { toAppError } from './problem.ts';
import { stateOf } from './request-state.ts';

export interface ServerEvent {
  /** A word of a closed list. */
  event: string;
  data: unknown;
}

/** What a handler gives instead of a body, on a route that declares `events`. */
export class EventReply {
  readonly events: AsyncIterable<ServerEvent>;
  constructor(events: AsyncIterable<ServerEvent>) {
    this.events = events;
  }
}

/** Proxies and browsers give up on what is silent for longer. */
const heartbeatMs = 15_000;

/**
 * What fails before the first event is a problem with a status; later it is told by an event `error` with its code, the
 * last one. Whoever goes away ends the iteration. `beforeBytes` is waited for once the first event is there.
 */
export async function sendEvents(res: Response, { events }: EventReply, beforeBytes: () => Promise<void>) {
  const source = events[Symbol.asyncIterator]();
  let heartbeat: NodeJS.Timeout | undefined;
  try {
    let next = await source.next();
    await beforeBytes();
    if (res.destroyed) return;
    res.status(200).setHeader('Content-Type', 'text/event-stream; charset=utf-8');
    res.setHeader('Cache-Control', 'no-store').setHeader('X-Accel-Buffering', 'no');
    res.flushHeaders();
    heartbeat = setInterval(() => res.write(': still here\n\n'), heartbeatMs).unref();
    while (!next.done && !res.destroyed) {
      await write(res, next.value);
      next = await source.next();
    }
  } catch (thrown) {
    if (!res.headersSent) throw thrown;
    const error = toAppError(thrown);
    const state = stateOf(res);
    state.error = error;
    const { title } = errorCatalogue[error.code];
    const { requestId } = state;
    if (!res.destroyed)
      await write(res, { event: 'error', data: { code: error.code, title, detail: error.message, requestId } });
  } finally {
    clearInterval(heartbeat);
    // Without waiting: it may itself wait for something outside.
    source.return?.().catch(() => undefined);
    if (res.headersSent) res.end();
  }
}

/** JSON has no bare line ends, so one line holds it. */
async function write(res: Response, { event, data }: ServerEvent): Promise<void> {
  if (res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) return;
  const heard = new AbortController();
  const { signal } = heard;
  try {
    await Promise.race([once(res, 'drain', { signal }), once(res, 'close', { signal })]);
  } finally {
    heard.abort();
  }
}
