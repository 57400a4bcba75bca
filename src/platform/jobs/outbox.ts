/** Sideways talk goes by fact: appended in the transaction that made it true, delivered at least once by the relay. */
import type { Prisma } from '../db/client.ts';
import type { Tx } from '../db/scope.ts';
import { newId } from '../ids.ts';

export interface NewFact {
  tenantId: string;
  /** What happened, e.g. `meeting.changed`. */
  topic: string;
  /** What it happened to: facts of one key are delivered in the order in which they were appended. */
  key: string;
  payload: Prisma.InputJsonValue;
}

/** Appends a fact; it is told only if the transaction commits. */
export async function appendFact(tx: Tx, fact: NewFact): Promise<void> {
  await tx.outbox.create({ data: { id: newId(), ...fact }, select: { seq: true } });
}
