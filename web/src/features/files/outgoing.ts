/**
 * Files on their way: one after the other, since one at a time arrives soonest on a weak line. What the connection broke off is
 * sent again under the same key, so that it is kept once even when only the answer was lost.
 */
import type { NewUpload, UploadCategory } from '../../api/files.ts';
import { ApiError } from '../../api/problem.ts';
import { createStore } from '../../call/store.ts';

export interface OutgoingFile {
  key: string;
  name: string;
  category: UploadCategory;
  /** `checking`: all of it has gone, the server looks it through. `lost`: it is tried again by itself. */
  state: 'waiting' | 'sending' | 'checking' | 'lost' | 'refused' | 'done';
  /** How much has gone, 0 to 1. */
  part: number;
  /** Of a refused one. */
  error: unknown;
  /** Of one that is done. */
  answer: NewUpload | null;
}

export interface Outgoing {
  readonly files: readonly OutgoingFile[];
  subscribe(listener: () => void): () => void;
  add(files: readonly File[], category: UploadCategory): void;
  /** Tries one again that was lost or refused, now. */
  retry(key: string): void;
  /** Stops it when it is on its way, and forgets it. */
  drop(key: string): void;
  /** The connection may be back. */
  wake(): void;
  /** Stops everything. Idempotent. */
  close(): void;
}

export interface OutgoingDeps {
  /** Makes it fit to be sent, or throws why it cannot be. */
  prepare(file: File): Promise<File>;
  send(
    sending: { file: File; category: UploadCategory; key: string },
    watch: { onProgress: (part: number) => void; signal: AbortSignal },
  ): Promise<NewUpload>;
  newKey?(): string;
  /** Milliseconds before each further try; the last one goes on. */
  pauses?: readonly number[];
}

const usualPauses = [2_000, 5_000, 15_000, 30_000] as const;

export function createOutgoing(deps: OutgoingDeps): Outgoing {
  return new OutgoingQueue(deps);
}

/** The connection failed, or the try before is still being looked through. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.code === 'IDEMPOTENCY_IN_PROGRESS');
}

class OutgoingQueue implements Outgoing {
  readonly #deps: OutgoingDeps;
  readonly #store = createStore<readonly OutgoingFile[]>([]);
  readonly #sources = new Map<string, File>();
  #current: { key: string; abort: AbortController } | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isClosed = false;

  constructor(deps: OutgoingDeps) {
    this.#deps = deps;
  }

  get files(): readonly OutgoingFile[] {
    return this.#store.value;
  }

  readonly subscribe = this.#store.subscribe;

  add(files: readonly File[], category: UploadCategory): void {
    const added = files.map((file): OutgoingFile => {
      const key = this.#deps.newKey?.() ?? crypto.randomUUID();
      this.#sources.set(key, file);
      return { key, name: file.name, category, state: 'waiting', part: 0, error: null, answer: null };
    });
    this.#store.set([...this.#store.value, ...added]);
    this.#next();
  }

  retry(key: string): void {
    this.#change(key, { state: 'waiting', part: 0, error: null });
    this.wake();
  }

  drop(key: string): void {
    this.#sources.delete(key);
    this.#store.set(this.#store.value.filter((file) => file.key !== key));
    if (this.#current?.key === key) this.#current.abort.abort();
  }

  wake(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#next();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#pause);
    this.#current?.abort.abort();
    this.#sources.clear();
    this.#store.set([]);
  }

  #next(): void {
    if (this.#current !== null || this.#pause !== undefined || this.#isClosed) return;
    const file = this.#store.value.find(({ state }) => state === 'waiting' || state === 'lost');
    const source = file && this.#sources.get(file.key);
    if (!file || !source) return;
    const abort = new AbortController();
    this.#current = { key: file.key, abort };
    void this.#deliver(file, source, abort.signal).finally(() => {
      this.#current = null;
      this.#next();
    });
  }

  async #deliver({ key, category }: OutgoingFile, source: File, signal: AbortSignal): Promise<void> {
    this.#change(key, { state: 'sending', part: 0 });
    const onProgress = (part: number) => this.#change(key, { part, state: part === 1 ? 'checking' : 'sending' });
    try {
      const file = await this.#deps.prepare(source);
      if (signal.aborted) return;
      // The same bytes at each try: the key stands for them.
      this.#sources.set(key, file);
      const answer = await this.#deps.send({ file, category, key }, { onProgress, signal });
      this.#failures = 0;
      this.#sources.delete(key);
      this.#change(key, { state: 'done', answer });
    } catch (error) {
      if (signal.aborted) return;
      if (isPassing(error)) this.#wait(key);
      else this.#change(key, { state: 'refused', error });
    }
  }

  #wait(key: string): void {
    const pauses = this.#deps.pauses ?? usualPauses;
    const pause = pauses[Math.min(this.#failures, pauses.length - 1)] ?? 0;
    this.#failures += 1;
    this.#change(key, { state: 'lost', part: 0 });
    this.#pause = setTimeout(() => this.wake(), pause);
  }

  #change(key: string, part: Partial<OutgoingFile>): void {
    if (this.#isClosed) return;
    this.#store.set(this.#store.value.map((file) => (file.key === key ? { ...file, ...part } : file)));
  }
}
