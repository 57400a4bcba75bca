/** Having a text written: by the model where there is one, else by template, and saying which. Never fails for want of a model. */
import { writeByModel } from './by-model.ts';
import { writeByTemplate } from './by-template.ts';
import type { DocumentDeps } from './deps.ts';
import type { Facts } from './facts.ts';
import type { DocumentPayload, Fallback } from './schema.ts';

export type Written = {
  payload: DocumentPayload;
  tokensUsed: number;
  /** Whole milliseconds, the waiting for the model included. */
  generationTimeMs: number;
} & ({ source: 'model'; model: string; fallback: null } | { source: 'template'; model: null; fallback: Fallback });

export async function writeText(
  { model, logger }: Pick<DocumentDeps, 'model' | 'logger'>,
  facts: Facts,
  wantsModel: boolean,
): Promise<Written> {
  const began = performance.now();
  const since = () => Math.round(performance.now() - began);
  const byTemplate = (fallback: Fallback, tokensUsed = 0): Written => ({
    payload: writeByTemplate(facts),
    source: 'template',
    model: null,
    fallback,
    tokensUsed,
    generationTimeMs: since(),
  });
  if (!model) return byTemplate('not_configured');
  if (!wantsModel) return byTemplate('not_wanted');
  const attempt = await writeByModel(model, facts);
  if (attempt.result === 'unavailable') return byTemplate('unavailable');
  const { tokensUsed } = attempt;
  if (attempt.result === 'not_usable') {
    logger.warn({ kind: facts.kind, faults: attempt.faults }, 'a text of the language model was not used');
    return byTemplate('not_usable', tokensUsed);
  }
  const { payload } = attempt;
  return { payload, source: 'model', model: model.name, fallback: null, tokensUsed, generationTimeMs: since() };
}
