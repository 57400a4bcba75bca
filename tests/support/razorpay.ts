/** A server on this machine that speaks Razorpay's protocol, with what can go wrong on the way to it. */
import {
  type Answer,
  type Book,
  type BookKeys,
  createBook,
  type Notice,
  serveBook,
} from '../../src/adapters/pay/sandbox/index.ts';
import type { LiveServer } from './live.ts';
import { type Answered, call } from './serve-app.ts';

export const razorpayKeys: BookKeys = {
  keyId: 'rzp_test_4DMHGmRpDkjhxk',
  keySecret: 'a key secret for tests alone',
  webhookSecret: 'a webhook secret for tests alone',
};

/** What happens to a request: nothing special, or it never comes through, or its answer is lost after it was done. */
export type Fault = 'refused' | 'lost answer' | 'too many' | 'down' | 'nonsense' | 'late';

export interface RazorpayServer extends AsyncDisposable {
  book: Book;
  baseUrl: string;
  /** For the environment of a server that uses it. */
  env: Record<string, string>;
  /** `POST /v1/orders`, in order, those that came to nothing included. */
  readonly requests: readonly string[];
  /** The next requests that `pattern` fits meet this, one after the other. */
  next(pattern: RegExp, ...faults: Fault[]): void;
  /** Tells our server, as theirs would. */
  post(live: Pick<LiveServer, 'url'>, notice: Notice, headers?: Record<string, string>): Promise<Answered>;
  [Symbol.asyncDispose](): Promise<void>;
}

const answers: Record<Exclude<Fault, 'lost answer' | 'late'>, Answer | 'hang up'> = {
  refused: 'hang up',
  'too many': { status: 429, body: { error: { code: 'RATE_LIMIT', description: 'Too many requests' } } },
  down: { status: 502, body: '<html>Bad gateway</html>' },
  nonsense: { status: 200, body: { entity: 'what?' } },
};

export async function startRazorpay(keys: BookKeys = razorpayKeys): Promise<RazorpayServer> {
  const book = createBook(keys);
  const requests: string[] = [];
  const planned: { pattern: RegExp; fault: Fault }[] = [];
  const served = await serveBook(book, keys, async ({ method, path }, answer) => {
    const name = `${method} ${path}`;
    requests.push(name);
    const at = planned.findIndex(({ pattern }) => pattern.test(name));
    const [plan] = at < 0 ? [] : planned.splice(at, 1);
    if (!plan) return answer();
    if (plan.fault === 'lost answer') {
      answer();
      return 'hang up';
    }
    // Never: whoever asked gives up by itself.
    if (plan.fault === 'late') return new Promise<never>(() => undefined);
    return answers[plan.fault];
  });
  return {
    book,
    baseUrl: served.baseUrl,
    requests,
    env: {
      RAZORPAY_KEY_ID: keys.keyId,
      RAZORPAY_KEY_SECRET: keys.keySecret,
      RAZORPAY_WEBHOOK_SECRET: keys.webhookSecret,
      RAZORPAY_BASE_URL: served.baseUrl,
    },
    next: (pattern, ...faults) => void planned.push(...faults.map((fault) => ({ pattern, fault }))),
    post: ({ url }, { eventId, body, signature }, headers = {}) =>
      call(`${url}/api/v1/payments/webhook`, 'POST', {
        headers: { 'x-razorpay-event-id': eventId, 'x-razorpay-signature': signature, ...headers },
        // Written again it is the same text, byte for byte: so it was made.
        body: JSON.parse(body),
      }),
    [Symbol.asyncDispose]: () => served.close(),
  };
}
