/**
 * Every error a caller can meet: a closed list with its HTTP status (RFC 9110) and a title.
 * A message says what to do; it never repeats what was sent and never carries PHI.
 */
export const errorCatalogue = {
  MALFORMED: { status: 400, title: 'The request cannot be read' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in first' },
  INVALID_CREDENTIALS: { status: 401, title: 'E-mail or password is wrong' },
  MFA_REQUIRED: { status: 401, title: 'The second factor is needed' },
  PAYMENT_REQUIRED: { status: 402, title: 'Payment is needed first' },
  FORBIDDEN: { status: 403, title: 'You may not do this' },
  MFA_ENROLMENT_REQUIRED: { status: 403, title: 'Set up the second factor first' },
  EMAIL_NOT_VERIFIED: { status: 403, title: 'Confirm the e-mail address first' },
  CONSENT_REQUIRED: { status: 403, title: 'The patient has to agree to a consultation at a distance first' },
  NOT_ASSIGNED: { status: 403, title: 'This meeting is not yours' },
  NOT_FOUND: { status: 404, title: 'There is no such thing here' },
  MEETING_NOT_FOUND: { status: 404, title: 'There is no such meeting' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not take that method' },
  CONFLICT: { status: 409, title: 'It is not in the state for this' },
  ALREADY_EXISTS: { status: 409, title: 'It exists already' },
  SLOT_TAKEN: { status: 409, title: 'Somebody has that time already' },
  IDEMPOTENCY_IN_PROGRESS: { status: 409, title: 'The first request with this key is still at work' },
  MEETING_NOT_STARTED: { status: 409, title: 'The doctor has not started the meeting yet' },
  MEETING_ACTIVE: { status: 409, title: 'The meeting is going on' },
  MEETING_ENDED: { status: 409, title: 'The meeting has ended' },
  MEETING_CANCELLED: { status: 409, title: 'The meeting was cancelled' },
  TOO_EARLY: { status: 409, title: 'It is too early for this meeting' },
  GUEST_NOT_ADMITTED: { status: 409, title: 'The doctor has not let you in yet' },
  DOCUMENT_CONFIRMED: { status: 409, title: 'The document is confirmed already' },
  DOCUMENT_NOT_CONFIRMED: { status: 409, title: 'Nobody has confirmed the document yet' },
  DOCUMENT_EXPIRED: { status: 409, title: 'The document has expired' },
  DOCUMENT_CHANGED: { status: 409, title: 'The document was changed in the meantime' },
  NOT_JOINED: { status: 409, title: 'Join a meeting first' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'This content type is not taken' },
  NOT_SERVED_HERE: { status: 421, title: 'Another process serves this' },
  INVALID_INPUT: { status: 422, title: 'The input is not valid' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'This key was used for another request' },
  INVALID_CALL: { status: 422, title: 'The call is not valid' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  INTERNAL: { status: 500, title: 'Something went wrong on our side' },
  UNAVAILABLE: { status: 503, title: 'A part of the service is not available' },
  ASSISTANT_NOT_CONFIGURED: { status: 503, title: 'This clinic has no assistant' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

export interface InputFault {
  /** Dotted path of the field; never its value. */
  path: string;
  message: string;
}

/** The one error that may be shown to a caller; anything else becomes INTERNAL at the door. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly InputFault[] | undefined;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    detail?: string,
    options: { cause?: unknown; faults?: readonly InputFault[]; retryAfter?: number } = {},
  ) {
    super(detail ?? errorCatalogue[code].title, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.faults = options.faults;
    this.retryAfter = options.retryAfter;
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }
}
