/**
 * bcrypt on threads of its own, with a short queue. Hundreds of sign-ins a second would take every core for minutes;
 * so a few are worked on, a few wait, and the others are told at once to come back.
 */
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../platform/errors.ts';
import type { HashDone, HashJob } from './hash-worker.ts';
import type { Bcrypt } from './passwords.ts';

interface Waiting {
  job: HashJob;
  resolve(result: string | boolean): void;
  reject(error: Error): void;
}

interface Thread {
  worker: Worker;
  doing: Waiting | undefined;
}

export interface HashThreadOptions {
  /** One less than the machine has cores, unless given. */
  threads?: number;
  /** How many may wait for each thread: about a quarter of a second each. */
  waiting?: number;
}

export class HashThreads implements Bcrypt {
  readonly #most: number;
  readonly #room: number;
  readonly #threads = new Set<Thread>();
  readonly #queue: Waiting[] = [];
  #closed = false;

  constructor({ threads = Math.max(1, os.availableParallelism() - 1), waiting = 8 }: HashThreadOptions = {}) {
    this.#most = threads;
    this.#room = threads * waiting;
  }

  async hash(password: string, { cost }: { cost: number }): Promise<string> {
    return String(await this.#ask({ hash: password, cost }));
  }

  async verify(password: string, against: string): Promise<boolean> {
    return (await this.#ask({ verify: password, against })) === true;
  }

  /** Throws RATE_LIMITED when the queue is full: ask before anything else is spent on a sign-in. */
  requireRoom(): void {
    if (this.#closed) throw new AppError('UNAVAILABLE', 'The server is stopping.', { retryAfter: 1 });
    if (this.#queue.length < this.#room) return;
    throw new AppError('RATE_LIMITED', 'Too many people are signing in just now. Try again.', { retryAfter: 2 });
  }

  /** Idempotent. What waits is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    const late = [...this.#queue.splice(0), ...[...this.#threads].flatMap(({ doing }) => doing ?? [])];
    for (const { reject } of late) reject(new AppError('UNAVAILABLE', 'The server is stopping.', { retryAfter: 1 }));
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
    this.#threads.clear();
  }

  async #ask(job: HashJob): Promise<string | boolean> {
    this.requireRoom();
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#queue.length === 0) return;
    const idle = [...this.#threads].find(({ doing }) => !doing);
    if (!idle && this.#threads.size >= this.#most) return;
    const thread = idle ?? this.#start();
    const waiting = this.#queue.shift();
    if (!waiting) return;
    thread.doing = waiting;
    // Only work keeps the process from ending.
    thread.worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A worker thread, which has no origin.
    thread.worker.postMessage(waiting.job);
  }

  #start(): Thread {
    const thread: Thread = { worker: new Worker(new URL('./hash-worker.ts', import.meta.url)), doing: undefined };
    this.#threads.add(thread);
    thread.worker.on('message', (done: HashDone) => {
      const { doing } = thread;
      thread.doing = undefined;
      thread.worker.unref();
      if ('result' in done) doing?.resolve(done.result);
      else doing?.reject(new Error(`bcrypt failed: ${done.fault}`));
      this.#next();
    });
    // A thread that dies takes its one job with it; the next job starts another.
    const lost = (error: Error) => {
      if (!this.#threads.delete(thread)) return;
      thread.doing?.reject(error);
      thread.doing = undefined;
      this.#next();
    };
    thread.worker.once('error', lost);
    thread.worker.once('exit', () => lost(new Error('The bcrypt thread ended.')));
    return thread;
  }
}
