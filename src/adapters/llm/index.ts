/** Language models: Gemini, or any that speaks OpenAI's chat completions, a local one too. */
import { OutsideCalls, type OutsideOptions, usualOutside } from '../../platform/outside/calls.ts';
import { type Asking, streamAnswer } from './answer.ts';
import type { LanguageModel, ModelCall, Question, Usage } from './model.ts';
import { askObject } from './object.ts';
import { type ModelPlace, openSdkModel } from './provider.ts';
import type { Patience } from './watch.ts';

export type {
  LanguageModel,
  ModelCall,
  ObjectAnswer,
  ObjectQuestion,
  Piece,
  Question,
  Said,
  ToolOffer,
  ToolUse,
  Usage,
} from './model.ts';
export type { ModelPlace } from './provider.ts';

export interface ModelOptions {
  place: ModelPlace;
  /** Told of every call, once it is over. */
  onCall?(call: ModelCall): void;
  outside?: OutsideOptions;
  patience?: Patience;
}

const usualPatience: Patience = { quietMs: 20_000, totalMs: 60_000 };
const nothing: Usage = { inputTokens: 0, outputTokens: 0 };

// Its warnings go to the console, which is ours.
globalThis.AI_SDK_LOG_WARNINGS = false;

export function createModel({ place, onCall = () => undefined, ...options }: ModelOptions): LanguageModel {
  const { outside = usualOutside, patience = usualPatience } = options;
  const sdk = openSdkModel(place);
  // A circuit each: a model that cannot keep to a schema still talks.
  const asking: Asking = { sdk, calls: new OutsideCalls('The assistant', outside), patience };
  const filling: Asking = { sdk, calls: new OutsideCalls('The language model', outside), patience };
  const counting = ({ purpose, signal }: Pick<Question, 'purpose' | 'signal'>) => {
    const began = performance.now();
    let result: ModelCall['result'] = 'gone';
    let usage = nothing;
    return {
      answered(counted: Usage) {
        result = 'answered';
        usage = counted;
      },
      failed(error: unknown): never {
        if (!signal?.aborted) result = 'failed';
        throw error;
      },
      over: () => onCall({ purpose, result, seconds: (performance.now() - began) / 1_000, usage }),
    };
  };
  return {
    name: sdk.name,
    get isResting() {
      return asking.calls.isOpen;
    },
    async *answer(question) {
      const count = counting(question);
      try {
        for await (const piece of streamAnswer(asking, question)) {
          if (piece.type === 'end') count.answered(piece.usage);
          yield piece;
        }
      } catch (error) {
        count.failed(error);
      } finally {
        count.over();
      }
    },
    async object(question) {
      const count = counting(question);
      try {
        const answer = await askObject(filling, question);
        count.answered(answer.usage);
        return answer;
      } catch (error) {
        return count.failed(error);
      } finally {
        count.over();
      }
    },
  };
}
