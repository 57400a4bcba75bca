/** Callers over HTTP as one process of their own: the same for the thing and for its floor. */
import { Agent, request } from 'node:http';
import { type Pace, paced } from '../pace.ts';
import { answerBench } from '../process/messages.ts';

export interface Asked {
  method: string;
  /** With the base of the API. */
  path: string;
  /** Of the access token; none for who signs in. */
  token?: string;
  /** What a trusted proxy says the caller's address is. */
  from?: string;
  body?: unknown;
}

export interface HttpBurst {
  url: string;
  asked: readonly Asked[];
  pace: Pace;
}

export interface HttpResult {
  /** From asking to the last byte of the answer, in ms. */
  latencies: number[];
  /** How often each status was answered; 0 for no answer. */
  statuses: Record<number, number>;
  wallMs: number;
}

const patienceMs = 20_000;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

function ask(url: string, { method, path, token, from, body }: Asked): Promise<{ status: number; text: string }> {
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(from && { 'x-forwarded-for': from }),
    ...(sent && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
  };
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, url), { agent, method, headers, timeout: patienceMs }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    asked.on('timeout', () => asked.destroy(new Error(`${method} ${path} was not answered in ${patienceMs} ms.`)));
    asked.on('error', reject);
    asked.end(sent);
  });
}

const answers = {
  burst: async ({ url, asked, pace }: HttpBurst): Promise<HttpResult> => {
    const latencies: number[] = [];
    const statuses: Record<number, number> = {};
    const began = performance.now();
    await paced(asked, pace, async (one) => {
      const at = performance.now();
      const { status } = await ask(url, one).catch(() => ({ status: 0 }));
      latencies.push(performance.now() - at);
      statuses[status] = (statuses[status] ?? 0) + 1;
    });
    return { latencies, statuses, wallMs: performance.now() - began };
  },
  /** What one request is answered with. */
  once: ({ url, asked }: { url: string; asked: Asked }) => ask(url, asked),
};
export type HttpClients = typeof answers;

answerBench(answers);
console.log('Clients are ready at here');
