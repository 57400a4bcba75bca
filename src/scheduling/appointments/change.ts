/** Taking one event into a locked appointment. */
import type { Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { type Entry, updateAppointment } from './keep.ts';
import type { LockedAppointment } from './lock.ts';
import type { AppointmentEvent } from './model.ts';
import type { PlannedReminder } from './reminders.ts';
import { type AppointmentRow, storedOf, withStored } from './rows.ts';
import { step } from './step.ts';

export type Doer = Pick<Entry, 'role' | 'actorId'>;

export const clock: Doer = { role: 'clock', actorId: null };

export interface Changed {
  row: AppointmentRow;
  changed: boolean;
}

/** Throws CONFLICT with the machine's reason when it does not take the event; `changed` is false when it was so already. */
export function take(locked: LockedAppointment, event: AppointmentEvent): Changed {
  const { row } = locked;
  const result = step(storedOf(row), event);
  if (!result.accepted) throw new AppError('CONFLICT', result.why);
  if (!result.changed) return { row, changed: false };
  return { row: { ...withStored(row, result.stored), version: row.version + 1 }, changed: true };
}

/** Somebody else has changed it since the caller looked. */
export function requireVersion({ row }: LockedAppointment, version: number | undefined): void {
  if (version === undefined || version === row.version) return;
  throw new AppError('CONFLICT', 'It was changed meanwhile. Look at it again.');
}

/** Writes what `take` made, with its entry in the timeline; reminders that are not among these are given up. */
export function keepChange(
  tx: Tx,
  tenantId: string,
  row: AppointmentRow & { lane?: number },
  change: { event: AppointmentEvent; doer: Doer; detail?: Entry['detail']; reminders?: readonly PlannedReminder[] },
): Promise<void> {
  const { event, doer, detail = {}, reminders = [] } = change;
  const entry = { type: event.type, ...doer, at: new Date(event.at), detail };
  return updateAppointment(tx, tenantId, row, { entry, reminders });
}
