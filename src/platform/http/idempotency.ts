/**
 * Writes that may be sent twice (draft-ietf-httpapi-idempotency-key-header): the same request under the same key gets the
 * same answer and is carried out once. Keys belong to a user and a route, and are forgotten after a day. Who has no
 * identity yet has none: sign-ins are not answered again.
 */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Actor } from '../actor.ts';
import { AnsweredBefore, type KeptAnswer, type OnceDb, onceDb } from '../db/once.ts';
import type { TenantDb } from '../db/scope.ts';
import { AppError } from '../errors.ts';
import { createSealer, type Sealer } from '../sealer.ts';
import { sendJson, statusOf } from './reply.ts';
import { stateOf } from './request-state.ts';
import type { Route } from './route.ts';

export interface Idempotency {
  /** Answers are kept sealed: some hold what is told only once. */
  sealer: Sealer;
  /** Milliseconds that a request waits for the first one with its key before it is told to come back. */
  patience: number;
}

/** `keys` as ENCRYPTION_KEY; the same on every node. */
export function createIdempotency(keys: string, { patience = 5_000 } = {}): Idempotency {
  return { sealer: createSealer(keys, 'idempotency'), patience };
}

/** Whether the description promises it: a write by somebody who is known, with an answer that can be kept. */
export function takesKey({ method, access, reply }: Route): boolean {
  return method !== 'get' && 'scopes' in access && reply !== 'stream';
}

const wellFormed = /^[\x21-\x7e]{1,255}$/;

/** Undefined without a key. Throws INVALID_INPUT for one that cannot be one. */
export function keyOf(route: Route, req: Request): string | undefined {
  const key = takesKey(route) ? req.get('idempotency-key') : undefined;
  if (key === undefined || wellFormed.test(key)) return key;
  throw new AppError('INVALID_INPUT', 'Correct the fields named in errors.', {
    faults: [{ path: 'header.Idempotency-Key', message: 'Must have 1 to 255 visible ASCII characters' }],
  });
}

export interface Asked {
  route: Route;
  req: Request;
  actor: Actor;
  key: string;
  input: unknown;
}

/** The door to data through which the work of this request is done once. */
export function openOnce(idempotency: Idempotency, db: TenantDb, { route, req, actor, key, input }: Asked): OnceDb {
  const id = hashOf('key', actor.userId, route.method, route.path, key);
  const request = hashOf('request', req.method, req.path, JSON.stringify(input));
  return openFor(idempotency, db, { route, id, request });
}

/** The same for what the server does in somebody's name (inside.ts). The key alone says what is asked; no caller's key meets it. */
export function openOnceInside(
  idempotency: Idempotency,
  db: TenantDb,
  { route, actor, key }: Pick<Asked, 'route' | 'actor' | 'key'>,
): OnceDb {
  const id = hashOf('inside', actor.userId, route.method, route.path, key);
  return openFor(idempotency, db, { route, id, request: hashOf('inside', key) });
}

function openFor(
  { sealer, patience }: Idempotency,
  db: TenantDb,
  { route, ...claim }: { route: Route; id: Buffer<ArrayBuffer>; request: Buffer<ArrayBuffer> },
): OnceDb {
  const place = claim.id.toString('hex');
  return onceDb(db, {
    ...claim,
    present: (answer) => present(route, answer),
    seal: (body) => sealer.seal(body, place),
    unseal: (sealed) => sealer.open(sealed, place),
    patience,
  });
}

/** What the route would answer, by its reply schema. */
function present(route: Route, answer: unknown): KeptAnswer {
  const status = statusOf(route);
  if (route.reply === undefined) return { status, body: '' };
  return { status, body: JSON.stringify((route.reply as z.ZodType).parse(answer)) };
}

/** Sends what the work came to when it was done. */
export function sendAgain(res: Response, { status, body }: KeptAnswer): void {
  res.setHeader('Cache-Control', 'no-store').setHeader('Idempotency-Replayed', 'true');
  if (body === '') res.status(status).end();
  else sendJson(res, status, body);
}

/** The answer of an earlier request, where that is what was thrown. */
export function answeredBefore(thrown: unknown): KeptAnswer | undefined {
  return thrown instanceof AnsweredBefore ? thrown.answer : undefined;
}

/**
 * A route whose answer is not what its transaction came to, or that has made none, would answer a repeat differently:
 * our fault, told to the log.
 */
export function checkKept(res: Response, route: Route, once: OnceDb, reply: unknown): void {
  const kept = once.kept();
  const answer = present(route, reply);
  if (kept?.status === answer.status && kept.body === answer.body) return;
  const fault = kept ? 'the answer is not what was kept' : 'nothing was kept';
  stateOf(res).logger.error({ route: `${route.method.toUpperCase()} ${route.path}`, fault }, 'not idempotent');
}

/** Each part with its length, so that no two lists read the same. */
function hashOf(...parts: readonly string[]): Buffer<ArrayBuffer> {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest();
}
