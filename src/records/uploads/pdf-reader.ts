/** Looks through PDFs in a thread that may die of them: one at a time, within limits of time and memory. */
import { Worker } from 'node:worker_threads';
import type { PdfFinding } from './pdf-findings.ts';

const longestMs = 10_000;
const heapMb = 192;

interface Job {
  bytes: Uint8Array;
  done(finding: PdfFinding | null): void;
}

export class PdfReader {
  readonly #waiting: Job[] = [];
  readonly #patience: number;
  #thread: Worker | undefined;
  #present: { job: Job; timer: NodeJS.Timeout } | undefined;
  #closed = false;

  constructor({ patience = longestMs } = {}) {
    this.#patience = patience;
  }

  /** What must not be in it, or null. Takes the bytes over: nobody else may use them afterwards. */
  look(bytes: Uint8Array): Promise<PdfFinding | null> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('The reader of PDFs is closed.'));
      this.#waiting.push({ bytes, done: resolve });
      this.#next();
    });
  }

  /** Idempotent. What waits is told that it could not be looked at. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { done } of this.#waiting.splice(0)) done('heavy');
    const thread = this.#thread;
    this.#settle('heavy');
    await thread?.terminate();
  }

  #next(): void {
    if (this.#present || this.#closed) return;
    const job = this.#waiting.shift();
    if (!job) return;
    const timer = setTimeout(() => this.#abandon(), this.#patience).unref();
    this.#present = { job, timer };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread, which has no origin.
    this.#open().postMessage({ id: 0, bytes: job.bytes });
  }

  #open(): Worker {
    if (this.#thread) return this.#thread;
    const thread = new Worker(new URL('./pdf-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    thread.on('message', ({ finding }: { finding: PdfFinding | null }) => this.#settle(finding));
    // Out of memory, mostly; with another one the next PDF is looked at.
    thread.on('error', () => this.#lose(thread));
    thread.on('exit', () => this.#lose(thread));
    thread.unref();
    this.#thread = thread;
    return thread;
  }

  #abandon(): void {
    const thread = this.#thread;
    if (!thread) return;
    void thread.terminate();
    this.#lose(thread);
  }

  #lose(thread: Worker): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    this.#settle('heavy');
  }

  #settle(finding: PdfFinding | null): void {
    const { job, timer } = this.#present ?? {};
    clearTimeout(timer);
    this.#present = undefined;
    job?.done(finding);
    this.#next();
  }
}
