/** What clinical documents take and answer. */
import { z } from 'zod';
import { Id, Instant } from '../../../signaling/protocol/index.ts';
import { Tier } from '../cdt/schema.ts';

export const documentKinds = ['treatment_summary', 'insurance_summary', 'progress_note'] as const;
export const DocumentKind = z.enum(documentKinds).meta({ id: 'DocumentKind' });
export type DocumentKind = z.infer<typeof DocumentKind>;

/** For whom it is written: patients get to see theirs, the desk what goes to insurers. */
export const Audience = z.enum(['patient', 'clinician', 'insurer']).meta({ id: 'DocumentAudience' });
export type Audience = z.infer<typeof Audience>;

export const Tone = z.enum(['plain', 'reassuring', 'formal']).meta({ id: 'DocumentTone' });
export type Tone = z.infer<typeof Tone>;

export const DocumentLanguage = z.enum(['en', 'es', 'hi']).meta({ id: 'DocumentLanguage' });
export type DocumentLanguage = z.infer<typeof DocumentLanguage>;

export const DocumentState = z.enum(['draft', 'confirmed', 'expired']).meta({
  id: 'DocumentState',
  description:
    'draft: nobody answers for it yet. confirmed: a clinician does. expired: the draft is too old to be confirmed as it is, or the time for which it was confirmed is over.',
});
export type DocumentState = z.infer<typeof DocumentState>;

const phrase = z.string().trim().min(1).max(300);
const phrases = z.array(phrase).max(20);

/** What a document is written from. Nothing that tells who the patient is belongs in it. */
export const DocumentInput = z
  .strictObject({
    patientId: Id,
    meetingId: Id.optional().meta({ description: 'The visit it is about; one of this patient with this doctor.' }),
    age: z
      .int()
      .min(0)
      .max(130)
      .optional()
      .meta({ description: 'Whole years; by the date of birth unless given.', example: 34 }),
    tier: Tier,
    findings: phrases.min(1).meta({ example: ['Crowding of the lower front teeth'] }),
    procedures: phrases.default([]).meta({ description: 'Done or planned.', example: ['Study models taken'] }),
    medications: phrases.default([]).meta({ description: 'As they were prescribed, doses and all.', example: [] }),
    nextSteps: phrases.default([]).meta({ example: ['Come back for a first fitting'] }),
    note: z
      .string()
      .trim()
      .max(4_000)
      .default('')
      .meta({ description: "The clinician's own words, e.g. of the visit." }),
    audience: Audience.optional(),
    tone: Tone.optional(),
    language: DocumentLanguage.optional().meta({
      description: "The patient's where it is for them, else the clinic's, where there are words for it; else English.",
    }),
    seed: z.int().min(0).max(2_147_483_647).optional().meta({
      description: 'The same seed and the same input give the same template text, and about the same from a model.',
      example: 42,
    }),
  })
  .meta({ id: 'DocumentInput' });
export type DocumentInput = z.output<typeof DocumentInput>;

/** By kind and version as src/records/documents/forms.ts says: texts, and lists of texts. */
export const DocumentPayload = z
  .record(z.string().max(40), z.union([z.string().max(6_000), z.array(z.string().max(1_000)).max(30)]))
  .meta({
    id: 'DocumentPayload',
    description:
      'treatment_summary 1.0: title, summary, keyPoints[], nextSteps[]. insurance_summary 1.0: title, summary, necessity, procedures[]. progress_note 1.0: title, subjective, objective, assessment, plan.',
    example: {
      title: 'A note',
      subjective: 'Pain when chewing.',
      objective: 'Crowding.',
      assessment: 'A mild case.',
      plan: 'Study models.',
    },
  });
export type DocumentPayload = z.infer<typeof DocumentPayload>;

const ChosenCode = z.object({ code: z.string(), description: z.string() });

export const Fallback = z.enum(['not_configured', 'not_wanted', 'unavailable', 'not_usable']).meta({
  description:
    'Why a template wrote it: no model is configured, the clinic wants none, it did not answer, or its text did not pass.',
});
export type Fallback = z.infer<typeof Fallback>;

export const Confirmation = z
  .object({
    version: z.int(),
    name: z.string(),
    qualification: z.string().nullable(),
    registrationNumber: z.string().nullable(),
    registrationAuthority: z.string().nullable(),
    confirmedAt: Instant,
    notes: z.string().nullable().meta({ description: 'For those who treat the patient; null for everybody else.' }),
    expiresAt: Instant.nullable(),
    pdfGeneratedAt: Instant.nullable().meta({ description: 'When its PDF was made for the first time.' }),
  })
  .meta({ id: 'DocumentConfirmation' });
export type Confirmation = z.infer<typeof Confirmation>;

const listed = {
  id: Id,
  kind: DocumentKind,
  state: DocumentState,
  title: z.string(),
  patientId: Id,
  patientName: z.string(),
  practitionerId: Id,
  practitionerName: z.string(),
  meetingId: Id.nullable(),
  audience: Audience,
  version: z.int().meta({ description: 'The one that the caller sees: the newest, or the newest that was confirmed.' }),
  expiresAt: Instant.nullable(),
  confirmedAt: Instant.nullable().meta({ description: 'When this version was confirmed.' }),
  createdAt: Instant,
  changedAt: Instant,
};

export const DocumentSummary = z.object(listed).meta({ id: 'DocumentSummary' });
export type DocumentSummary = z.infer<typeof DocumentSummary>;

export const DocumentView = z
  .object({
    ...listed,
    payload: DocumentPayload,
    codes: z.array(ChosenCode).meta({ description: "CDT, by the clinic's rules." }),
    confirmation: Confirmation.nullable().meta({ description: 'Of this version.' }),
    confirmedVersion: z.int().nullable().meta({ description: 'The newest that was confirmed.' }),
    metadata: z.object({
      tokensUsed: z.int(),
      generationTimeMs: z.int(),
      audience: Audience,
      tone: Tone,
      seed: z.int(),
      documentVersion: z.string().meta({ description: 'Of the form of the payload.', example: '1.0' }),
      language: DocumentLanguage,
      tier: Tier,
      source: z.enum(['model', 'template']).meta({ description: 'What wrote its first version.' }),
      fallback: Fallback.nullable(),
      model: z.string().nullable(),
    }),
    mayEdit: z.boolean().meta({ description: 'Whether the caller may edit and confirm it.' }),
  })
  .meta({ id: 'ClinicalDocument' });
export type DocumentView = z.infer<typeof DocumentView>;

export const DocumentQuery = z.strictObject({
  patientId: Id.optional(),
  meetingId: Id.optional(),
  kind: DocumentKind.optional(),
  state: DocumentState.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2_000).optional().meta({ description: 'The nextCursor of the page before.' }),
});
export type DocumentQuery = z.output<typeof DocumentQuery>;

export const DocumentPage = z
  .object({
    items: z.array(DocumentSummary).meta({ description: 'The newest first.' }),
    nextCursor: z.string().nullable().meta({ description: 'Null when this was the last page.' }),
  })
  .meta({ id: 'DocumentPage' });
export type DocumentPage = z.infer<typeof DocumentPage>;

const seen = z.int().min(1).meta({ description: 'The version that was read.' });

export const DocumentEdit = z.strictObject({ version: seen, payload: DocumentPayload }).meta({ id: 'DocumentEdit' });
export type DocumentEdit = z.output<typeof DocumentEdit>;

export const DocumentDiscard = z.strictObject({ version: seen }).meta({ id: 'DocumentDiscard' });
export type DocumentDiscard = z.output<typeof DocumentDiscard>;

export const DocumentConfirm = z
  .strictObject({
    version: seen,
    payload: DocumentPayload.optional().meta({ description: 'As it was edited; as it is unless given.' }),
    notes: z.string().trim().max(2_000).optional(),
  })
  .meta({ id: 'DocumentConfirm' });
export type DocumentConfirm = z.output<typeof DocumentConfirm>;

export const DocumentVersions = z
  .object({
    items: z.array(
      z.object({
        version: z.int(),
        documentVersion: z.string(),
        payload: DocumentPayload,
        at: Instant,
        confirmation: Confirmation.nullable(),
        downloads: z.array(z.object({ byId: Id, byName: z.string().nullable(), at: Instant })),
      }),
    ),
  })
  .meta({ id: 'DocumentVersions', description: 'The newest first.' });
export type DocumentVersions = z.infer<typeof DocumentVersions>;

export const DocumentParams = z.strictObject({ id: Id });
export const PdfQuery = z.strictObject({
  version: z.coerce.number().int().min(1).max(1_000_000).optional().meta({
    description:
      'An earlier confirmed one, for those who treat the patient; the one that the caller sees unless given.',
  }),
});
