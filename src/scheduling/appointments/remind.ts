/** Sending one reminder that is due. */
import type { TenantDb } from '../../platform/db/scope.ts';
import { sendLetter } from './letters.ts';
import { lockAppointment } from './lock.ts';
import type { AppointmentDeps } from './ports.ts';
import type { ReminderChannel } from './schema.ts';

/** One way to reach a patient; false when it cannot. */
type Channel = typeof sendLetter;

const channels: Record<ReminderChannel, Channel> = { mail: sendLetter, none: async () => false };

/**
 * False when it is not due any more, was sent, or somebody else is at it. The letter and the mark are one transaction, so it
 * goes once.
 */
export function remind(deps: AppointmentDeps, db: TenantDb, id: string): Promise<boolean> {
  return db.run(async (tx) => {
    const now = deps.clock.now();
    const [due] = await tx.$queryRaw<{ appointmentId: string }[]>`
      select appointment_id as "appointmentId" from appointment_reminder
      where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid and state = 'pending' and due_at <= ${now}::timestamptz
      for no key update skip locked`;
    if (!due) return false;
    const { row, reader } = await lockAppointment(tx, db.tenantId, due.appointmentId);
    // Nobody was running when it was due, and now it is too late to help.
    const helps = row.status === 'booked' && row.startsAt > now;
    const sent = helps && (await channels[reader.channel](tx, deps.post, { kind: 'reminder', row, reader, now }));
    await tx.appointmentReminder.update({
      where: { id },
      data: { state: sent ? 'sent' : 'skipped' },
      select: { id: true },
    });
    return true;
  });
}
