import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { emergencySigns, medicalAsks } from '../../src/assistant/guardrails/index.ts';

const folder = path.resolve(import.meta.dirname, '../../tests/guardrails');

const labels = {
  id: z.string(),
  text: z.string().min(1),
  language: z.enum(['en', 'hi', 'hi-Latn', 'es']),
  audience: z.enum(['patient', 'doctor', 'lab', 'staff']),
  tags: z.array(z.string()),
};

/** One labelled thing that somebody writes. */
export const utterance = z.discriminatedUnion('expected', [
  z.strictObject({ ...labels, expected: z.literal('emergency'), sign: z.enum(emergencySigns) }),
  z.strictObject({ ...labels, expected: z.literal('disclaimer'), ask: z.enum(medicalAsks) }),
  z.strictObject({ ...labels, expected: z.literal('pass') }),
]);
export type Utterance = z.infer<typeof utterance>;

/** One labelled answer of a model, for the look after it. */
export const answer = z.discriminatedUnion('expected', [
  z.strictObject({ ...labels, expected: z.literal('disclaimer'), ask: z.enum(medicalAsks) }),
  z.strictObject({ ...labels, expected: z.literal('pass') }),
]);
export type Answer = z.infer<typeof answer>;

function readLines<Row>(file: string, schema: z.ZodType<Row>): Row[] {
  const lines = readFileSync(path.join(folder, file), 'utf8').trim().split('\n');
  return lines.map((line) => schema.parse(JSON.parse(line)));
}

/** The part that the rules were written with. */
export const readDevelop = (): Utterance[] => readLines('develop.jsonl', utterance);

/** The part that was written and committed before the first rule; only its scores were looked at. */
export const readHeldOut = (): Utterance[] => readLines('held-out.jsonl', utterance);

/** What a model answers, well and badly. */
export const readAnswers = (): Answer[] => readLines('answers.jsonl', answer);
