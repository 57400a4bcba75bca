/** What a booking says to the database, written down by doing it and undoing it, so that the floor can say the same. */
import { createAppointmentMeetings, RecentMeetings } from '../../src/meetings/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Prisma } from '../../src/platform/db/client.ts';
import type { Database, TenantDb } from '../../src/platform/db/scope.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { noPostbox } from '../../src/platform/mail/postbox.ts';
import { book } from '../../src/scheduling/appointments/book.ts';
import type { AppointmentDeps } from '../../src/scheduling/appointments/ports.ts';
import type { Appointment, NewAppointment } from '../../src/scheduling/appointments/schema.ts';
import type { OpenClinic } from './clinic.ts';

export interface Statement {
  text: string;
  values: unknown[];
}

export interface Recorded {
  statements: Statement[];
  answer: Appointment;
}

class Undone extends Error {}

/** Nothing is left of it. */
export async function recordBooking(database: Database, clinic: OpenClinic, input: NewAppointment): Promise<Recorded> {
  const statements: Statement[] = [];
  const note = ({ text, values }: Prisma.Sql) => void statements.push({ text, values });
  let answer: Appointment | undefined;
  const real = database.tenant(clinic.tenantId);
  const db: TenantDb = {
    ...real,
    decide: (read, decide, before) =>
      real.decide(
        read,
        (rows) => {
          const decided = decide(rows);
          for (const statement of [...(before?.ahead ?? []), read, ...decided.writes]) note(statement);
          answer = decided.answer as Appointment;
          throw new Undone();
        },
        before,
      ),
  };
  await book(depsOf(database), db, clinic.actor, input).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  if (!answer) throw new Error('The booking was refused.');
  return { statements, answer };
}

function depsOf(database: Database): AppointmentDeps {
  const logger = createLogger('silent');
  const onCommitted = () => undefined;
  const meetings = { database, clock: systemClock, logger, recent: new RecentMeetings(), onCommitted };
  return {
    database,
    clock: systemClock,
    logger,
    meetings: createAppointmentMeetings(meetings),
    post: { ...noPostbox, publicUrl: () => 'http://localhost', from: 'bench@localhost' },
    onCommitted,
  };
}
