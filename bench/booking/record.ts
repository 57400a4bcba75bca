/** What a booking says to the database, written down by doing it and undoing it, so that the floor can say the same. */
import { createAppointmentMeetings, RecentMeetings } from '../../src/meetings/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Prisma } from '../../src/platform/db/client.ts';
import type { Database, TenantDb, Tx } from '../../src/platform/db/scope.ts';
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
  let answer: Appointment | undefined;
  const real = database.tenant(clinic.tenantId);
  const db: TenantDb = {
    ...real,
    run: (work) =>
      real.run(async (tx) => {
        const result = await work(recording(tx, statements));
        answer = result as Appointment;
        throw new Undone();
      }),
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

function recording(tx: Tx, statements: Statement[]): Tx {
  const note = (parts: readonly unknown[]) => {
    const [first, ...values] = parts;
    statements.push(
      first !== null && typeof first === 'object' && 'text' in first
        ? { text: (first as Prisma.Sql).text, values: (first as Prisma.Sql).values }
        : {
            text: (first as TemplateStringsArray).reduce((text, part, index) => `${text}$${index}${part}`),
            values,
          },
    );
  };
  const handler: ProxyHandler<Tx> = {
    get(target, name) {
      if (name === '$queryRaw' || name === '$executeRaw') {
        return (...parts: Parameters<Tx['$queryRaw']>) => {
          note(parts);
          return target[name](...parts);
        };
      }
      return Reflect.get(target, name) as unknown;
    },
  };
  return new Proxy(tx, handler);
}
