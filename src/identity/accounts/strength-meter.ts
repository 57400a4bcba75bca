/** How easily a password is guessed, judged on a thread of its own, so that nobody else waits for it. */
import { Worker } from 'node:worker_threads';
import { AppError } from '../../platform/errors.ts';
import type { StrengthQuestion, StrengthVerdict } from './strength-worker.ts';

export interface PasswordStrength {
  /** Guesses as the logarithm to base 10, and what makes it weak. Throws UNAVAILABLE when too many wait. */
  judge(password: string, known: readonly string[]): Promise<{ guessesLog10: number; reasons: readonly string[] }>;
}

interface Waiting {
  resolve(verdict: StrengthVerdict): void;
  reject(error: Error): void;
}

const mostWaiting = 50;
/** Then the thread lets its dictionaries go: people choose passwords seldom. */
const idleMs = 60_000;
const longestMs = 10_000;

export class StrengthMeter implements PasswordStrength {
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  judge(password: string, known: readonly string[]): Promise<StrengthVerdict> {
    if (this.#closed) throw new AppError('UNAVAILABLE', 'The server is stopping.', { retryAfter: 1 });
    if (this.#waiting.size >= mostWaiting) throw new AppError('UNAVAILABLE', 'Try again.', { retryAfter: 2 });
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    const id = (this.#last += 1);
    const { promise, resolve, reject } = Promise.withResolvers<StrengthVerdict>();
    this.#waiting.set(id, { resolve, reject });
    worker.ref();
    const question: StrengthQuestion = { id, password, known };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread has no origin.
    worker.postMessage(question);
    const late = setTimeout(() => void this.#lose(worker, new Error('Judging a password took too long.')), longestMs);
    return promise.finally(() => {
      clearTimeout(late);
      this.#rest(worker);
    });
  }

  /** Idempotent. Who waits is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    if (this.#worker) await this.#lose(this.#worker, new AppError('UNAVAILABLE', 'The server is stopping.'));
  }

  #start(): Worker {
    const worker = new Worker(new URL('./strength-worker.ts', import.meta.url));
    worker.on('message', (verdict: StrengthVerdict) => {
      this.#waiting.get(verdict.id)?.resolve(verdict);
      this.#waiting.delete(verdict.id);
    });
    worker.once('error', (error) => void this.#lose(worker, error));
    worker.once('exit', () => void this.#lose(worker, new Error('The thread that judges passwords ended.')));
    return worker;
  }

  /** The thread takes its questions with it; the next question starts another. */
  async #lose(worker: Worker, error: Error): Promise<void> {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    await worker.terminate();
  }

  #rest(worker: Worker): void {
    if (this.#waiting.size > 0 || this.#worker !== worker) return;
    // Only work keeps the process from ending.
    worker.unref();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#lose(worker, new Error('Idle.')), idleMs).unref();
  }
}
