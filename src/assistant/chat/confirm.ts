/** The person says yes or no to what the assistant would do. Done at most once, whatever is sent twice. */
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
    if (!isDone) await tx.chatAction.updateMany({ where: { id }, data: { status: 'done', resultId } });
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

/** Takes it for this request alone, or finds it done already. */
function claim(
  { clock }: ChatDeps,
  db: TenantDb,
  { id, userId, to }: Claim,
): Promise<{ row: ActionRow; isDone: boolean }> {
  const now = clock.now();
  return db.run(async (tx) => {
    const row = await tx.chatAction.findFirst({ where: { id, conversation: { userId } } });
    if (!row) throw new AppError('NOT_FOUND');
    if (row.status === finished[to]) return { row, isDone: true };
    const isOpen = row.status === 'pending' && row.expiresAt > now;
    const taken = isOpen
      ? await tx.chatAction.updateMany({ where: { id, status: 'pending' }, data: { status: to, settledAt: now } })
      : { count: 0 };
    if (taken.count === 0) throw new AppError('CONFLICT', 'It was answered already, or it is too late for it.');
    return { row, isDone: false };
  });
}

async function book(deps: ChatDeps, context: RequestContext, own: TenantDb, row: ActionRow): Promise<string> {
  const { id } = row;
  try {
    const { body } = openProposal(own.tenantId, deps.sealer, row);
    return ((await deps.inside(context, 'POST /appointments', { body })) as Appointment).id;
  } catch (thrown) {
    const { code } = toAppError(thrown);
    await own.run((tx) => tx.chatAction.updateMany({ where: { id }, data: { status: 'failed', errorCode: code } }));
    throw thrown;
  }
}
