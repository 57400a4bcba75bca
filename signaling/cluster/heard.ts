/**
 * What was heard of the other nodes' runs, so that nothing counts twice: whoever can read Redis and write to it can say again
 * what was said. A run is one process from its start to its end. It is believed once it has named a word that this node has
 * made up for the time for which it listens without a break, which none can do that has ended before; from then on it counts
 * its messages, and none counts that is not newer. Nobody's clock is asked.
 */
import { randomBytes } from 'node:crypto';

/** How much later a message may come than one that was sent after it, as after a failover: no more is remembered. */
const latest = 256;
/** Processes that started while this node listened without a break; beyond it all have to prove themselves anew. */
const mostRuns = 1_000;
const askAgainMs = 200;
/** No question is asked again after so long. */
const questionMs = 10_000;

/** The numbers that one run has used up. */
class Numbers {
  readonly #floor: number;
  readonly #seen = new Set<number>();
  #top: number;

  /** Whatever came before counts as heard. */
  constructor(floor: number) {
    this.#floor = floor;
    this.#top = floor;
  }

  /** Whether it is heard for the first time. */
  take(n: number): boolean {
    if (n <= this.#floor || n <= this.#top - latest || this.#seen.has(n)) return false;
    this.#seen.add(n);
    this.#top = Math.max(this.#top, n);
    if (this.#seen.size > 2 * latest) this.#forget();
    return true;
  }

  #forget(): void {
    for (const n of this.#seen) if (n <= this.#top - latest) this.#seen.delete(n);
  }
}

export class Heard {
  readonly #runs = new Map<string, Numbers>();
  readonly #askedAt = new Map<string, number>();
  readonly #questions = new Map<string, number>();
  #word = newWord();

  /** What a run has to name to be believed. */
  get word(): string {
    return this.#word;
  }

  /** This node does not listen any more: what is said meanwhile it does not hear, and could hear later for the first time. */
  forget(): void {
    this.#word = newWord();
    this.#runs.clear();
    this.#askedAt.clear();
  }

  knows(run: string): boolean {
    return this.#runs.has(run);
  }

  /**
   * The run has named the word in the message of that number. What it said before is not heard any more. Whether it is
   * believed from now on and was not before.
   */
  believe(run: string, word: string, n: number): boolean {
    if (word !== this.#word || this.#runs.has(run)) return false;
    if (this.#runs.size >= mostRuns) {
      this.forget();
      return false;
    }
    this.#runs.set(run, new Numbers(n));
    return true;
  }

  /** Whether the message counts: it is of a run that is believed, and heard for the first time. */
  isNew(run: string, n: number): boolean {
    return this.#runs.get(run)?.take(n) ?? false;
  }

  /** Whether to ask a run for the word now. */
  mayAsk(run: string): boolean {
    const now = performance.now();
    if (now - (this.#askedAt.get(run) ?? Number.NEGATIVE_INFINITY) < askAgainMs) return false;
    if (this.#askedAt.size >= mostRuns) this.#askedAt.clear();
    this.#askedAt.set(run, now);
    return true;
  }

  /** Whether the question is heard for the first time: who is asked for the word asks again what they had asked. */
  isNewQuestion(id: string): boolean {
    const now = performance.now();
    for (const [old, heardAt] of this.#questions) {
      if (now - heardAt < questionMs) break;
      this.#questions.delete(old);
    }
    if (this.#questions.has(id)) return false;
    this.#questions.set(id, now);
    return true;
  }
}

function newWord(): string {
  return randomBytes(16).toString('base64url');
}
