/** What the assistant would do, as the database has it. */
import { SealError, type Sealer } from '../../platform/sealer.ts';
import { Proposal } from '../tools/index.ts';
import { ActionView } from './schema.ts';

export interface ActionRow {
  id: string;
  conversationId: string;
  kind: string;
  sealedInput: Uint8Array;
  status: string;
  errorCode: string | null;
  resultId: string | null;
  expiresAt: Date;
}

export function openProposal(tenantId: string, sealer: Sealer, { id, sealedInput }: ActionRow): Proposal {
  return Proposal.parse(JSON.parse(sealer.open(sealedInput, `${tenantId}/${id}`)));
}

/** Undefined for one that was sealed under a key that is gone: it cannot be done any more. */
export function toActionView(tenantId: string, sealer: Sealer, row: ActionRow, now: Date): ActionView | undefined {
  try {
    return viewOf(tenantId, sealer, row, now);
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

export function viewOf(tenantId: string, sealer: Sealer, row: ActionRow, now: Date): ActionView {
  const { id, conversationId, expiresAt, errorCode } = row;
  const { booking } = openProposal(tenantId, sealer, row);
  const isOver = row.status === 'pending' && expiresAt <= now;
  return {
    id,
    conversationId,
    kind: 'book',
    status: ActionView.shape.status.parse(isOver ? 'expired' : row.status),
    booking,
    expiresAt: expiresAt.toISOString(),
    appointmentId: row.resultId,
    errorCode,
  };
}
