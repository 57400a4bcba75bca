/** Every way in which a call can be refused: a closed list, extended only beside it. */
import { z } from 'zod';

export const callErrorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'MEETING_NOT_FOUND',
  'MEETING_NOT_STARTED',
  'TOO_EARLY',
  'MEETING_ACTIVE',
  'MEETING_ENDED',
  'MEETING_CANCELLED',
  'NOT_ASSIGNED',
  'NOT_JOINED',
  'GUEST_NOT_ADMITTED',
  'PAYMENT_REQUIRED',
  'CONSENT_REQUIRED',
  'SLOT_TAKEN',
  'INVALID_CALL',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export const CallErrorCode = z.enum(callErrorCodes);
export type CallErrorCode = z.infer<typeof CallErrorCode>;

export interface CallFailure {
  code: CallErrorCode;
  message: string;
}

/** What every acknowledgement carries. */
export type Answer<T> = { ok: true; data: T } | { ok: false; error: CallFailure };
