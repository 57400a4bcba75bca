/** One HTTP exchange with our own server. Knows nothing of tokens; the session adds them. */
import { noAnswer, readProblem } from './problem.ts';

/** Long enough for one bar of signal, short enough to be told the truth. */
const patience = 20_000;

/** Says to the server that the refresh token lives in the cookie; a foreign page cannot set it (CSRF). */
export const webClient = { 'X-Housecall-Client': 'web' } as const;

export interface Exchange {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`. */
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Milliseconds to wait for the answer, where it is known to take long. */
  patience?: number;
}

export type Fetch = typeof globalThis.fetch;

export function address(baseUrl: string, { path, query = {} }: Pick<Exchange, 'path' | 'query'>): string {
  const pairs = Object.entries(query).flatMap(([key, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  );
  const search = new URLSearchParams(pairs).toString();
  return `${baseUrl}/api/v1${path}${search === '' ? '' : `?${search}`}`;
}

/** Answers the response when it is a success; throws ApiError otherwise. An abort by the caller is thrown as it is. */
export async function exchange(fetch: Fetch, baseUrl: string, request: Exchange): Promise<Response> {
  const limit = AbortSignal.timeout(request.patience ?? patience);
  const signal = request.signal === undefined ? limit : AbortSignal.any([limit, request.signal]);
  const headers = new Headers(request.headers);
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  let response: Response;
  try {
    response = await fetch(address(baseUrl, request), {
      method: request.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
  } catch (error) {
    if (request.signal?.aborted === true) throw error;
    throw noAnswer(error);
  }
  if (!response.ok) throw await readProblem(response);
  return response;
}
