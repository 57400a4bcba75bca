/** Does what the clock owes appointments: offers that run out, reminders that are due, visits nobody closed. */
import { Prisma } from '../../platform/db/client.ts';
import { type Due, DueKeeper } from '../../platform/jobs/due-keeper.ts';
import { closeVisit } from './close.ts';
import { expireOffer } from './offers.ts';
import type { AppointmentDeps } from './ports.ts';
import { remind } from './remind.ts';

const settling = { offer: expireOffer, reminder: remind, close: closeVisit };

interface DueOfAppointment extends Due {
  kind: keyof typeof settling;
}

export type AppointmentKeeper = DueKeeper<DueOfAppointment>;

export function createAppointmentKeeper(deps: AppointmentDeps): AppointmentKeeper {
  return new DueKeeper<DueOfAppointment>(
    { ...deps, pool: deps.database.pool },
    {
      job: 'claim-appointments',
      words: "an appointment's offer, reminder or end",
      due: (now, max) => Prisma.sql`
        select tenant_id as "tenantId", kind, id from due_appointments(${now}::timestamptz, ${max}::int)`,
      next: Prisma.sql`next_appointment_deadline()`,
      settle: ({ tenantId, kind, id }) => settling[kind](deps, deps.database.tenant(tenantId), id),
    },
  );
}
