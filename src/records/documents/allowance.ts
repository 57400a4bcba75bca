/** How many documents one person, and one clinic, may have written in a day: what stolen accounts, or a script, may cost. */
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { Counters } from '../../platform/limits/counters.ts';

export interface DocumentAllowance {
  /** Throws RATE_LIMITED when there were too many. */
  take(actor: Pick<Actor, 'userId' | 'tenantId'>): Promise<void>;
}

export const noDocumentAllowance: DocumentAllowance = { take: async () => {} };

/** More than anybody reads and signs. */
export const dailyDocuments = 200;
const clinicDocuments = 5_000;
const day = 86_400;

export function createDocumentAllowance(counters: Counters): DocumentAllowance {
  const people = counters('documents-person-day', day);
  const clinics = counters('documents-clinic-day', day);
  return {
    async take({ userId, tenantId }) {
      const person = await people.add(userId);
      if (person.value > dailyDocuments) refuse(person.msLeft);
      const clinic = await clinics.add(tenantId);
      if (clinic.value > clinicDocuments) refuse(clinic.msLeft);
    },
  };
}

function refuse(msLeft: number): never {
  throw new AppError(
    'RATE_LIMITED',
    'That was a lot of documents for one day. Edit those that are there, or go on later.',
    {
      retryAfter: msLeft / 1_000,
    },
  );
}
