/** What a model says, held back until enough has followed to know that it says nothing it must not. */
import { type Audience, type Disclaimer, review } from '../guardrails/index.ts';

/** A sentence is shown once so many characters have followed it: what turns it into a diagnosis comes at once or not at all. */
const held = 120;

const sentenceEnd = /[.!?।…:]["')\]]*\s|\n/gu;

export class HeldText {
  readonly #audience: Audience;
  #text = '';
  #shown = 0;
  #verdict: Disclaimer | undefined;

  constructor(audience: Audience) {
    this.#audience = audience;
  }

  /** All that was said, whether it may be shown or not. */
  get text(): string {
    return this.#text;
  }

  /** Why all of it has to go; undefined as long as it may stay. */
  get verdict(): Disclaimer | undefined {
    return this.#verdict;
  }

  /** What may be shown now besides what was; nothing mostly, and never again once there is a verdict. */
  add(text: string): string {
    this.#text += text;
    return this.#show(lastEnd(this.#text, this.#text.length - held));
  }

  /** The rest, when no more comes. */
  finish(): string {
    return this.#show(this.#text.length);
  }

  #show(until: number): string {
    if (this.#verdict || until <= this.#shown) return '';
    const verdict = review(this.#text, this.#audience);
    if (verdict.kind !== 'pass') {
      this.#verdict =
        verdict.kind === 'disclaimer' ? verdict : { kind: 'disclaimer', ask: 'diagnose', language: verdict.language };
      return '';
    }
    const more = this.#text.slice(this.#shown, until);
    this.#shown = until;
    return more;
  }
}

/** Where the last sentence ends that is over by `before`; 0 when none is. */
function lastEnd(text: string, before: number): number {
  let end = 0;
  for (const match of text.matchAll(sentenceEnd)) {
    const after = match.index + match[0].length;
    if (after > before) break;
    end = after;
  }
  return end;
}
