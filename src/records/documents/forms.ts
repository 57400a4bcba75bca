/**
 * What stands in a document: kind → version → form. The one table of all that were ever written. A form is never changed once
 * it was used, a new one is added beside it; so a document is read, edited and printed by the form it was written in.
 */
import { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { parseInput } from '../../platform/http/validate.ts';
import type { DocumentKind, DocumentPayload } from './schema.ts';

/** The parts in the order in which they are read. */
export type Form = z.ZodObject<Record<string, z.ZodType<string | string[]>>>;

const title = z.string().trim().min(1).max(200);
const text = z.string().trim().min(1).max(6_000);
const points = z.array(z.string().trim().min(1).max(1_000)).max(30);

const treatmentSummary = z.strictObject({ title, summary: text, keyPoints: points, nextSteps: points });
const insuranceSummary = z.strictObject({ title, summary: text, necessity: text, procedures: points });
/** SOAP: what the patient says, what is seen, what it is, what is done. */
const progressNote = z.strictObject({ title, subjective: text, objective: text, assessment: text, plan: text });

export const forms: Readonly<Record<DocumentKind, Readonly<Record<string, Form>>>> = {
  treatment_summary: { '1.0': treatmentSummary },
  insurance_summary: { '1.0': insuranceSummary },
  progress_note: { '1.0': progressNote },
};

/** In which new documents are written. */
export const presentVersion: Readonly<Record<DocumentKind, string>> = {
  treatment_summary: '1.0',
  insurance_summary: '1.0',
  progress_note: '1.0',
};

/** Throws INTERNAL for a version that this build does not know, e.g. of a newer one. */
export function formOf(kind: DocumentKind, version: string): Form {
  const form = Object.hasOwn(forms[kind], version) ? forms[kind][version] : undefined;
  if (form) return form;
  throw new AppError('INTERNAL', 'The document is of a form that this version of Housecall does not know.');
}

/** With its parts in the form's order. Throws INVALID_INPUT naming the parts that do not fit. */
export async function parsePayload(kind: DocumentKind, version: string, payload: unknown): Promise<DocumentPayload> {
  return (await parseInput(formOf(kind, version), payload, 'payload')) as DocumentPayload;
}
