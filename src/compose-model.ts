/** The part of the composition root that has to do with the language model; undefined where none is configured. */
import { createModel, type LanguageModel } from './adapters/llm/index.ts';
import type { Config } from './platform/config.ts';
import type { Metrics } from './platform/telemetry/metrics.ts';

const million = 1_000_000;

export function openModel(
  { model: place, modelPrices: prices }: Pick<Config, 'model' | 'modelPrices'>,
  metrics: Metrics,
): LanguageModel | undefined {
  if (!place) return undefined;
  const model = createModel({
    place,
    onCall: ({ usage, ...call }) => {
      const cost = (usage.inputTokens * prices.input + usage.outputTokens * prices.output) / million;
      metrics.model({ ...call, ...usage, cost });
    },
  });
  const state = () => ({ resting: Number(model.isResting), asked: Number(!model.isResting) });
  metrics.gauge('housecall_model_state', 'Whether the language model is asked just now.', state);
  return model;
}
