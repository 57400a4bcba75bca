/** What can go wrong with a request, in one shape: the server's problem details (RFC 9457), or no answer at all. */

export interface InputFault {
  path: string;
  message: string;
}

interface ApiErrorInit {
  status: number;
  detail?: string | undefined;
  faults?: readonly InputFault[] | undefined;
  requestId?: string | undefined;
  retryAfter?: number | undefined;
  cause?: unknown;
}

export class ApiError extends Error {
  /** The server's closed list (CONTRACT), or `NETWORK` when no answer came, or `UNREADABLE` when it made no sense. */
  readonly code: string;
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly faults: readonly InputFault[];
  /** What the clinic can give to whoever runs the server. */
  readonly requestId: string | undefined;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined;

  constructor(code: string, init: ApiErrorInit) {
    super(init.detail ?? code, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = init.status;
    this.faults = init.faults ?? [];
    this.requestId = init.requestId;
    this.retryAfter = init.retryAfter;
  }

  /** Whether the same request may well succeed a little later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function readFaults(value: unknown): InputFault[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((fault: unknown) => {
    const path = isRecord(fault) ? text(fault['path']) : undefined;
    const message = isRecord(fault) ? text(fault['message']) : undefined;
    return path === undefined || message === undefined ? [] : [{ path, message }];
  });
}

/** `Retry-After` in seconds; its other form, a date, is not sent by us. */
function retryAfter(response: Response): number | undefined {
  const header = response.headers.get('retry-after');
  if (header === null || !/^\d+$/.test(header)) return undefined;
  return Number(header);
}

/** 401, 403, and what a proxy asks of its own users (RFC 9110, 15.5). */
const refusalsOfBoxes: ReadonlySet<number> = new Set([401, 403, 407]);

/** Turns a refusal into an ApiError. Never throws: a body that is not a problem gives `UNREADABLE`. */
export async function readProblem(response: Response): Promise<ApiError> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = null;
  }
  const problem = isRecord(body) ? body : {};
  // A captive portal's, or another box's on the way: our server says why. Nobody is signed out by a hotel's page.
  if (text(problem['code']) === undefined && refusalsOfBoxes.has(response.status)) return noAnswer(undefined);
  return new ApiError(text(problem['code']) ?? 'UNREADABLE', {
    status: response.status,
    detail: text(problem['detail']) ?? text(problem['title']),
    faults: readFaults(problem['errors']),
    requestId: text(problem['requestId']) ?? response.headers.get('x-request-id') ?? undefined,
    retryAfter: retryAfter(response),
  });
}

/** No answer: the network is gone, the server is down, or it took too long. */
export function noAnswer(cause: unknown): ApiError {
  return new ApiError('NETWORK', { status: 0, cause });
}
