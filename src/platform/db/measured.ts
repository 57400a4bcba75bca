/** How long transactions of tenants take, for whoever listens, and as parts of a trace where one is under way. */
import { SpanKind, withinSpan } from '../telemetry/tracing.ts';
import type { TenantDb } from './scope.ts';

/** `run` goes back and forth as its work wants it; the others are the quick ones of one or two round trips. */
export const transactionKinds = ['run', 'decide', 'write', 'read'] as const;
export type TransactionKind = (typeof transactionKinds)[number];

/** Hears of each transaction once it is over: what it was, the seconds from asking for a connection to its end, and whether it was kept. */
export type TransactionListener = (kind: TransactionKind, seconds: number, kept: boolean) => void;

const listeners = new Set<TransactionListener>();

/** Gives what ends the listening. */
export function onTransaction(listener: TransactionListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The same door, measured. */
export function measuredDb(db: TenantDb): TenantDb {
  return {
    ...db,
    run: (work, options) => measured('run', () => db.run(work, options)),
    decide: (...asked) => measured('decide', () => db.decide(...asked)),
    writeIf: (write) => measured('write', () => db.writeIf(write)),
    read: (...asked) => measured('read', () => db.read(...asked)),
    readAbout: (...asked) => measured('read', () => db.readAbout(...asked)),
  };
}

async function measured<T>(kind: TransactionKind, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  let kept = false;
  try {
    const answer = await withinSpan(`transaction ${kind}`, { kind: SpanKind.CLIENT, attributes }, work);
    kept = true;
    return answer;
  } finally {
    for (const listener of listeners) listener(kind, (performance.now() - begun) / 1_000, kept);
  }
}

const attributes = { 'db.system.name': 'postgresql' };
