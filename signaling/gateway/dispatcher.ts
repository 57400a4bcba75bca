/**
 * The one call pipeline: limit → parse → authorise → stage → handler → audit → answer. Calls of one socket run one after
 * another in the order sent; a socket that piles up calls is told so instead of being queued without end.
 */
import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import type { Audit } from '../../src/platform/db/audit.ts';
import type { TenantDb } from '../../src/platform/db/scope.ts';
import { AppError } from '../../src/platform/errors.ts';
import { toAppError } from '../../src/platform/http/problem.ts';
import { findUnstorableText } from '../../src/platform/storable-text.ts';
import { tryParse } from '../../src/platform/try-parse.ts';
import { type Answer, type CallName, type CallStage, calls, isCallOfGuests } from '../protocol/index.ts';
import type { Session } from '../rooms/session.ts';
import { type CallAuditDeps, callAudit } from './audited-call.ts';
import { callFailure } from './call-failure.ts';
import { countRefusals } from './excess.ts';
import type { Handlers } from './handler.ts';
import { describeFault } from './input-fault.ts';
import { type CallListener, observed } from './observed.ts';

type Acknowledge = (answer: Answer<unknown>) => void;

const longestQueue = 64;

export interface DispatcherDeps extends CallAuditDeps {
  handlers: Handlers;
  /** Off only for load tests. */
  rateLimits: boolean;
  onCall?: CallListener;
}

/** Per person, over all their sockets: a burst of trickled ICE candidates fits, a loop does not. */
export function createDispatcher(deps: DispatcherDeps): (session: Session) => void {
  const limiter = new RateLimiterMemory({ points: 400, duration: 10 });
  return (session) => {
    let tail: Promise<void> = Promise.resolve();
    let waiting = 0;
    const refused = countRefusals(session.socket);
    const openAudit = callAudit(deps, session);
    session.socket.onAny((name: string, ...args: unknown[]) => {
      const acknowledge = acknowledgement(args);
      if (waiting >= longestQueue) {
        acknowledge({
          ok: false,
          error: { code: 'RATE_LIMITED', message: 'Wait for the answers before you call again.' },
        });
        refused();
        return;
      }
      waiting += 1;
      tail = tail.then(async () => {
        const answered = await observed(name, deps.onCall, () =>
          answer(deps, limiter, { session, openAudit, name, args }),
        );
        acknowledge(answered);
        waiting -= 1;
        if (!answered.ok && answered.error.code === 'RATE_LIMITED') refused();
      });
    });
  };
}

/** A call without an acknowledgement is carried out all the same; nobody hears the answer. */
function acknowledgement(args: unknown[]): Acknowledge {
  const last = args.at(-1);
  return typeof last === 'function' ? (last as Acknowledge) : () => undefined;
}

interface Made {
  session: Session;
  openAudit(name: CallName): Audit;
  name: string;
  args: unknown[];
}

async function answer(
  deps: DispatcherDeps,
  limiter: RateLimiterAbstract,
  { session, openAudit, name, args }: Made,
): Promise<Answer<unknown>> {
  try {
    if (deps.rateLimits) await consume(limiter, session);
    if (!isCallName(name)) throw new AppError('INVALID_CALL', 'There is no such call.');
    return { ok: true, data: await answerAudited(deps, session, openAudit(name), name, args) };
  } catch (error) {
    const { failure, expected } = callFailure(error);
    if (!expected) deps.logger.error({ err: error, call: isCallName(name) ? name : 'unknown' }, 'call failed');
    return { ok: false, error: failure };
  }
}

/** What is thrown after the limit leaves its refusal in the audit trail. */
async function answerAudited(
  deps: DispatcherDeps,
  session: Session,
  audit: Audit,
  name: CallName,
  args: unknown[],
): Promise<unknown> {
  const db = audit.tenantDb(session.actor.tenantId, session.actor);
  try {
    const parsed = tryParse(calls[name].input, args[0]);
    if (!parsed.success) throw new AppError('INVALID_CALL', describeFault(parsed.issues[0]));
    const [unstorable] = findUnstorableText(parsed.data);
    if (unstorable) throw new AppError('INVALID_CALL', describeFault(unstorable));
    if (needsRoom(name)) await roomFound(session);
    authorise(session, name);
    // The table pairs each name with its own input, which the parse above has just made.
    const handler = deps.handlers[name] as (session: Session, input: unknown, db: TenantDb) => Promise<unknown>;
    const data = await handler(session, parsed.data, db);
    await audit.succeeded();
    return data;
  } catch (error) {
    await audit.failed(toAppError(error));
    throw error;
  }
}

async function consume(limiter: RateLimiterAbstract, session: Session): Promise<void> {
  try {
    await limiter.consume(session.actor.userId);
  } catch (error) {
    if (error instanceof Error) throw error;
    throw new AppError('RATE_LIMITED', 'Too many calls. Slow down.');
  }
}

/** As long as another node has to answer, and a little. */
const longestMoveMs = 5_000;

/** A room that moves to another node takes who sits in it along: what they call for meanwhile is done there. */
async function roomFound({ move }: Session): Promise<void> {
  if (!move) return;
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), longestMoveMs);
  const outcome = await Promise.race([move, late.promise]);
  clearTimeout(timer);
  if (outcome === 'late') throw new AppError('UNAVAILABLE', 'The room is being found again. Try again.');
}

/** Who leaves has a seat too, or waits. */
function needsRoom(name: CallName): boolean {
  return calls[name].stage !== 'socket' || name === 'meeting:leave';
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

function authorise(session: Session, name: CallName): void {
  const { scope, stage } = calls[name];
  if (session.mustRenew && name !== 'session:refresh') throw new AppError('UNAUTHENTICATED');
  if (!session.actor.scopes.has(scope)) throw new AppError('FORBIDDEN');
  if (session.actor.kind === 'guest' && !isCallOfGuests(name)) throw new AppError('FORBIDDEN');
  checkStage(session, stage);
}

function checkStage(session: Session, stage: CallStage): void {
  if (stage === 'socket') return;
  if (!session.seating) throw new AppError('NOT_JOINED');
  if (stage !== 'seat' && session.seating.room.media.kind !== stage) {
    throw new AppError('INVALID_CALL', `The media of this meeting is not ${stage}.`);
  }
}
