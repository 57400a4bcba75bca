/**
 * The person says yes or no to what the assistant would do. Done at most once, whatever is sent twice and whoever dies in the
 * middle: it is done under the action's id, so that doing it again comes to what it came to.
 */
import type { TenantDb } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { toAppError } from '../../platform/http/problem.ts';
import type { RequestContext } from '../../platform/http/route.ts';
import type { Appointment } from '../../scheduling/appointments/schema.ts';
import { type ActionRow, openProposal, viewOf } from './action-rows.ts';
import type { ChatDeps } from './deps.ts';
import type { ActionView } from './schema.ts';

/** Books, and says so; confirmed again it says so again. CONFLICT when it is too late, what booking says when it is refused. */
export async function confirm(deps: ChatDeps, context: RequestContext, id: string): Promise<ActionView> {
  const { actor, db } = context;
  // Beside the request: what was claimed stays claimed, whatever becomes of it.
  const own = deps.database.tenant(actor.tenantId);
  const { row, isDone } = await claim(deps, own, { id, userId: actor.userId, to: 'confirmed' });
  const resultId = isDone ? row.resultId : await book(deps, context, own, row);
  return db.run(async (tx) => {
    db.about({ ...aboutOf(context), entity: { type: 'ChatAction', id } });
    // Harmless when the conversation was deleted meanwhile: what is booked is booked.
    if (!isDone) await tx.chatAction.updateMany({ where: { id }, data: { status: 'done', resultId, errorCode: null } });
    return viewOf(db.tenantId, deps.sealer, { ...row, status: 'done', resultId }, deps.clock.now());
  });
}

/** Nothing will come of it; said again it is the same. */
export async function decline(deps: ChatDeps, context: RequestContext, id: string): Promise<ActionView> {
  const { actor, db } = context;
  const own = deps.database.tenant(actor.tenantId);
  const { row } = await claim(deps, own, { id, userId: actor.userId, to: 'declined' });
  return db.run(async () => {
    db.about({ ...aboutOf(context), entity: { type: 'ChatAction', id } });
    return viewOf(db.tenantId, deps.sealer, { ...row, status: 'declined' }, deps.clock.now());
  });
}

const aboutOf = ({ actor: { patientId } }: RequestContext) => ({ patientIds: patientId === null ? [] : [patientId] });

interface Claim {
  id: string;
  userId: string;
  to: 'confirmed' | 'declined';
}

/** What it is once it is there. */
const finished = { confirmed: 'done', declined: 'declined' } as const;

/** For how long what was begun can be gone on with: less than the day for which its key is kept (platform/db/once.ts). */
const longestMs = 23 * 3_600_000;

/** Takes it for this request, goes on with what another one has begun, or finds it done already. */
function claim(
  { clock }: ChatDeps,
  db: TenantDb,
  { id, userId, to }: Claim,
): Promise<{ row: ActionRow; isDone: boolean }> {
  const now = clock.now();
  return db.run(async (tx) => {
    const { count } = await tx.chatAction.updateMany({
      where: { id, conversation: { userId }, status: 'pending', expiresAt: { gt: now } },
      data: { status: to, settledAt: now },
    });
    const row = await tx.chatAction.findFirst({ where: { id, conversation: { userId } } });
    if (!row) throw new AppError('NOT_FOUND');
    if (count === 1) return { row, isDone: false };
    if (row.status === finished[to]) return { row, isDone: true };
    if (row.status === 'confirmed' && to === 'confirmed') return { row: begunLately(row, now), isDone: false };
    throw new AppError('CONFLICT', 'It was answered already, or it is too late for it.');
  });
}

function begunLately(row: ActionRow & { settledAt: Date | null }, now: Date): ActionRow {
  if (row.settledAt && now.getTime() - row.settledAt.getTime() < longestMs) return row;
  throw new AppError('CONFLICT', 'It was begun long ago. Your appointments show whether it was booked.');
}

async function book(deps: ChatDeps, context: RequestContext, own: TenantDb, row: ActionRow): Promise<string> {
  const { id } = row;
  try {
    const { body } = openProposal(own.tenantId, deps.sealer, row);
    return ((await deps.inside(context, 'POST /appointments', { body, key: id })) as Appointment).id;
  } catch (thrown) {
    const { code, status } = toAppError(thrown);
    // Of a fault of ours nobody knows what it came to: it can be asked for again.
    if (status < 500 && code !== 'IDEMPOTENCY_IN_PROGRESS') {
      const failed = { status: 'failed', errorCode: code };
      await own.run((tx) => tx.chatAction.updateMany({ where: { id, status: 'confirmed' }, data: failed }));
    }
    throw thrown;
  }
}
