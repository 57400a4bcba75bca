/** Visits on site that nobody has closed: the clock does, by the clinic's rule. */
import type { TenantDb } from '../../platform/db/scope.ts';
import { clock, keepChange, take } from './change.ts';
import { type LockedAppointment, lockAppointment } from './lock.ts';
import type { AppointmentEvent } from './model.ts';
import type { AppointmentDeps } from './ports.ts';
import { inTurn } from './turns.ts';
import { closeAtOf } from './windows.ts';

/** False when it is not due (any more). */
export function closeVisit(deps: AppointmentDeps, db: TenantDb, id: string): Promise<boolean> {
  return inTurn(db, async (tx) => {
    const locked = await lockAppointment(tx, db.tenantId, id);
    const closeAt = closeAtOf(locked.row);
    const now = deps.clock.now();
    if (closeAt === null || closeAt > now) return false;
    const event = closingEvent(locked, now.toISOString());
    const { row } = take(locked, event);
    const detail = row.noShowSide === null ? {} : { side: row.noShowSide };
    await keepChange(tx, db.tenantId, row, { event, doer: clock, detail });
    return true;
  });
}

/** Whoever was checked in was there. */
function closingEvent({ row, settings }: LockedAppointment, at: string): AppointmentEvent {
  if (row.status === 'arrived' || settings.unmarkedVisits === 'fulfilled') return { type: 'fulfil', at };
  return { type: 'no_show', side: 'patient', at };
}
