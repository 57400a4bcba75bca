/** Sends a form with a file and tells how much of it has gone, which `fetch` cannot. */
import { noAnswer, readProblem } from './problem.ts';
import { address } from './transport.ts';

/** So long without a byte going out, the connection is taken for lost. */
const stalledMs = 20_000;
/** After the last byte the server looks the file through, one after the other. */
const answerMs = 120_000;

export interface Sent {
  body: FormData;
  headers: Record<string, string>;
  /** From 0 to 1. */
  onProgress(part: number): void;
  signal: AbortSignal;
}

/** Answers the response when it is a success; throws ApiError otherwise, and what the signal says when it was aborted. */
export function sendForm(path: string, { body, headers, onProgress, signal }: Sent): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal));
    const request = new XMLHttpRequest();
    let patience = 0;
    const wait = (ms: number) => {
      clearTimeout(patience);
      patience = window.setTimeout(() => request.abort(), ms);
    };
    const giveUp = () => request.abort();
    const settle = (finish: () => void) => () => {
      clearTimeout(patience);
      signal.removeEventListener('abort', giveUp);
      finish();
    };
    const lost = settle(() => reject(signal.aborted ? reasonOf(signal) : noAnswer(undefined)));
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      wait(stalledMs);
      onProgress(total > 0 ? loaded / total : 0);
    });
    request.upload.addEventListener('load', () => {
      wait(answerMs);
      onProgress(1);
    });
    request.addEventListener('error', lost);
    request.addEventListener('abort', lost);
    request.addEventListener(
      'load',
      settle(() => void answerOf(request).then(resolve, reject)),
    );
    signal.addEventListener('abort', giveUp);
    request.open('POST', address('', { path }));
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    wait(stalledMs);
    request.send(body);
  });
}

async function answerOf(request: XMLHttpRequest): Promise<Response> {
  const { status, responseText } = request;
  const headers = new Headers();
  for (const name of ['content-type', 'retry-after', 'x-request-id']) {
    const value = request.getResponseHeader(name);
    if (value !== null) headers.set(name, value);
  }
  // A box on the way may answer what no Response can be made of.
  if (status < 200 || status > 599) throw noAnswer(undefined);
  const response = new Response(responseText, { status, headers });
  if (!response.ok) throw await readProblem(response);
  return response;
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('Given up.', 'AbortError');
}
