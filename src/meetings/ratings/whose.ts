/** Whose ratings somebody sees. Pure. */
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import { seesAll } from '../policy.ts';

/** The doctor whose ratings are counted, or null for all. FORBIDDEN for a doctor who asks for another one's. */
export function whose(actor: Actor, doctorId: string | undefined): string | null {
  if (seesAll(actor)) return doctorId ?? null;
  const { practitionerId } = actor;
  const isOwn =
    actor.roles.includes('doctor') && practitionerId !== null && (doctorId ?? practitionerId) === practitionerId;
  if (!isOwn) throw new AppError('FORBIDDEN', 'Doctors see their own averages only.');
  return practitionerId;
}
