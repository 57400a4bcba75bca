/** The moment in which a picture is being agreed upon, and whatever else the page does holds it up. */

/** What takes longer than this is not held up by the page. */
const longestMs = 250;

export class Haste {
  #current: Promise<void> | null = null;
  #end: () => void = () => undefined;

  /** Resolves when it is over; null while there is none. */
  get current(): Promise<void> | null {
    return this.#current;
  }

  /** For a quarter of a second at most. One that goes on goes on no longer for it. */
  begin(): void {
    if (this.#current) return;
    this.#current = new Promise((resolve) => {
      const timer = setTimeout(() => this.end(), longestMs);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Idempotent. */
  end(): void {
    this.#current = null;
    this.#end();
  }
}
