/** What is asked and told before a visit, where the law wants it. */
import { z } from 'zod';
import { Id, Instant } from '../../../signaling/protocol/index.ts';
import { IdentityCheck } from '../../records/patients/schema.ts';

/** What `policyId` of a consent to the texts of consent-texts.ts says; the language stands beside it. */
export const teleconsultationPolicy = 'teleconsultation-1';

const line = (longest: number) => z.string().trim().min(1).max(longest);

export const Guardian = z
  .strictObject({ name: line(200), relation: line(100) })
  .meta({ id: 'Guardian', description: 'Who answers for a minor, and how they are related.' });
export type Guardian = z.output<typeof Guardian>;

export const GiveConsent = z
  .strictObject({
    policyId: line(100).meta({
      description: 'Which text was shown, from the sheet of the visit.',
      example: teleconsultationPolicy,
    }),
    language: line(35),
    guardian: Guardian.optional().meta({ description: 'Who agrees for the patient; needed for a minor.' }),
  })
  .meta({ id: 'GiveTeleconsultationConsent' });
export type GiveConsent = z.output<typeof GiveConsent>;

export const ConfirmIdentity = z
  .strictObject({ guardian: Guardian.optional().meta({ description: 'Who is with the patient; needed for a minor.' }) })
  .default({})
  .meta({ id: 'ConfirmIdentity' });
export type ConfirmIdentity = z.output<typeof ConfirmIdentity>;

const ConsentState = z.object({
  form: z.enum(['implied', 'explicit']).nullable().meta({ description: 'How the patient agreed; null: not yet.' }),
  at: Instant.nullable(),
  isMissing: z.boolean().meta({ description: 'The visit cannot begin before the patient agrees.' }),
  policyId: z.string(),
  language: z.string().meta({ description: "The patient's own, or else the clinic's, of those there is a text in." }),
  texts: z.array(
    z.object({
      language: z.string(),
      languageName: z.string(),
      title: z.string(),
      paragraphs: z.array(z.string()),
      agree: z.string(),
      emergency: z.string(),
    }),
  ),
});

export const VisitSheet = z
  .object({
    meetingId: Id,
    practitioner: z.object({
      name: z.string(),
      qualification: z.string().nullable(),
      registrationNumber: z.string().nullable(),
      registrationAuthority: z.string().nullable(),
    }),
    emergencyNumber: z.string(),
    consent: ConsentState,
    patient: z.object({
      birthDate: z.iso.date().nullable(),
      ageYears: z.int().nonnegative().nullable(),
      isMinor: z.boolean(),
      guardian: z.object({ name: z.string(), relation: z.string() }).nullable(),
      checked: z
        .object({ at: Instant, how: IdentityCheck })
        .nullable()
        .meta({ description: "That the clinic's desk has made sure who this is, before any visit." }),
    }),
    identity: z
      .object({
        confirmedAt: Instant,
        ageYears: z.int().nonnegative().nullable(),
        guardian: z.object({ name: z.string(), relation: z.string() }).nullable(),
      })
      .nullable()
      .meta({ description: 'That the doctor has made sure who the patient is.' }),
    showsPrescribingRules: z
      .boolean()
      .meta({ description: "Whether India's lists of what may be prescribed at a distance apply." }),
  })
  .meta({ id: 'VisitSheet' });
export type VisitSheet = z.infer<typeof VisitSheet>;
