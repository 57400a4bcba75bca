/** How much one person, and one clinic, may ask of a model. Emergencies are never counted. */
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { Counters } from '../../platform/limits/counters.ts';
import type { Audience } from '../guardrails/index.ts';

export interface Allowance {
  /** Throws RATE_LIMITED when there was too much. */
  take(actor: Actor, audience: Audience): Promise<void>;
}

export const noAllowance: Allowance = { take: async () => {} };

/** Messages of one person in ten minutes: who works with it asks more than who is treated. */
export const messagesOf: Record<Audience, number> = { patient: 30, lab: 30, staff: 90, doctor: 90 };
const window = 600;

/** Messages of one person in a day: whoever talks without end keeps nobody else of the clinic from the assistant. */
export const dailyMessagesOf: Record<Audience, number> = { patient: 200, lab: 200, staff: 600, doctor: 600 };

/** Messages of a whole clinic in a day: what stolen accounts may cost. */
const clinicMessages = 5_000;
const day = 86_400;

export function createAllowance(counters: Counters): Allowance {
  const people = counters('chat-person', window);
  const days = counters('chat-person-day', day);
  const clinics = counters('chat-clinic', day);
  return {
    async take({ userId, tenantId }, audience) {
      const person = await people.add(userId);
      if (person.value > messagesOf[audience]) refuse(person.msLeft);
      const today = await days.add(userId);
      if (today.value > dailyMessagesOf[audience]) refuse(today.msLeft);
      const clinic = await clinics.add(tenantId);
      if (clinic.value > clinicMessages) refuse(clinic.msLeft);
    },
  };
}

function refuse(msLeft: number): never {
  throw new AppError('RATE_LIMITED', 'That was a lot at once. Please wait before you ask the assistant again.', {
    retryAfter: msLeft / 1_000,
  });
}
