/** What a language model does for us: the port that the assistant and the documents stand on. */
import type { z } from 'zod';

export type Said = { by: 'person' | 'model'; text: string } | ToolUse | ToolAnswer;

/** The model wants a tool to be used. */
export interface ToolUse {
  by: 'model';
  /** The model's own name of this use. */
  useId: string;
  tool: string;
  input: unknown;
  /** What the provider wants to get back with it as it was. */
  mark?: unknown;
}

/** What came of it. */
export interface ToolAnswer {
  by: 'tool';
  useId: string;
  tool: string;
  answer: unknown;
}

/** A tool that the model may ask for. Using it is for whoever asked the model. */
export interface ToolOffer {
  description: string;
  input: z.ZodType;
}

export interface Settings {
  /** From 0 to 2; 0.3 unless said. */
  temperature?: number;
  /** 500 unless said. */
  maxOutputTokens?: number;
  /** The same seed and the same question give about the same answer, where the model can do that. */
  seed?: number;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal;
  /** A word of a closed list of ours, for the metrics. */
  purpose: 'chat' | 'document' | 'guardrail';
}

export interface Question extends Settings {
  /** What the model is and may do. */
  instructions: string;
  said: readonly Said[];
  tools?: Readonly<Record<string, ToolOffer>>;
}

export interface ObjectQuestion<S extends z.ZodType> extends Settings {
  instructions: string;
  prompt: string;
  schema: S;
  /** Of the schema, for the model; letters, digits and `_`. */
  name: string;
}

/** Tokens, as the provider counts them; 0 where it does not say. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
}

export type Piece =
  | { type: 'text'; text: string }
  /** `input` fits the tool's schema. */
  | { type: 'use'; use: ToolUse }
  /** Asked for a tool that there is not, or with what does not fit: it may be told so and try again. */
  | { type: 'misuse'; use: ToolUse }
  /** The last one. `cut` when there was no room for more. */
  | { type: 'end'; usage: Usage; cut: boolean };

export interface ObjectAnswer<T> {
  object: T;
  usage: Usage;
  milliseconds: number;
}

export interface LanguageModel {
  /** The provider and its model, e.g. `google gemini-3.5-flash`. */
  readonly name: string;
  /** Whether no answer is asked for just now, because several failed in a row. */
  readonly isResting: boolean;
  /**
   * Streams an answer; always with an `end` when it ends well. Throws UNAVAILABLE when the provider cannot be reached, takes
   * too long, has too much to do or stops in the middle, and what `signal` was aborted with.
   */
  answer(question: Question): AsyncGenerator<Piece, void, void>;
  /** An answer that fits the schema. Throws as `answer` does, also when what comes does not fit. */
  object<S extends z.ZodType>(question: ObjectQuestion<S>): Promise<ObjectAnswer<z.output<S>>>;
}

/** What a call came to, for whoever counts. */
export interface ModelCall {
  purpose: Settings['purpose'];
  result: 'answered' | 'failed' | 'gone';
  seconds: number;
  usage: Usage;
}
