/** What consents take and answer, in the words of FHIR R4's Consent where it has them. */
import { z } from 'zod';
import { Id, Instant } from '../../../signaling/protocol/index.ts';

const line = (longest: number) => z.string().trim().min(1).max(longest);

export const NewConsent = z
  .strictObject({
    patientId: Id,
    policyId: line(200).optional().meta({ description: 'Which text was agreed to, with its version.' }),
    purpose: line(100).meta({
      description:
        "Why the data may be used: preferably a code of HL7's PurposeOfUse, e.g. TREAT (Consent.provision.purpose).",
    }),
    scope: z
      .array(line(100))
      .min(1)
      .max(50)
      .refine((list) => new Set(list).size === list.length, 'Must not name anything twice')
      .meta({ description: 'What is agreed to, e.g. teleconsultation, records-sharing.' }),
    grantedBy: line(200).meta({ description: 'Who agreed: the patient, or who may do so for them.' }),
    expiresAt: z.iso
      .datetime({ offset: true, abort: true })
      .refine((value) => /^(19|20|21)/.test(value), 'must be between the years 1900 and 2199')
      .overwrite((value) => (Number.isNaN(Date.parse(value)) ? value : new Date(value).toISOString()))
      .optional(),
  })
  .meta({ id: 'NewConsent' });
export type NewConsent = z.output<typeof NewConsent>;

export const RevokeConsent = z
  .strictObject({ reason: line(500), notes: line(2_000).optional() })
  .meta({ id: 'RevokeConsent' });
export type RevokeConsent = z.output<typeof RevokeConsent>;

export const Consent = z
  .object({
    id: Id,
    patientId: Id,
    meetingId: Id.nullable().meta({ description: 'The visit that it is for, when it is for one alone.' }),
    status: z.enum(['active', 'inactive']).meta({ description: 'Inactive once it is revoked or has expired.' }),
    policyId: z.string().nullable(),
    language: z.string().nullable().meta({ description: 'In which the text was read.' }),
    purpose: z.string(),
    scope: z.array(z.string()),
    grantedBy: z.string(),
    grantedAt: Instant,
    expiresAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    revokeReason: z.string().nullable(),
    revokeNotes: z.string().nullable(),
  })
  .meta({ id: 'Consent' });
export type Consent = z.infer<typeof Consent>;

export const ConsentWithHistory = Consent.extend({
  history: z.array(
    z.object({
      type: z.enum(['granted', 'revoked', 'expired']),
      at: Instant,
      actorId: Id.nullable().meta({ description: 'The account that said so; null for the clock.' }),
    }),
  ),
}).meta({ id: 'ConsentWithHistory' });
export type ConsentWithHistory = z.infer<typeof ConsentWithHistory>;

export const ConsentQuery = z.strictObject({
  status: z.enum(['active', 'inactive']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(500).optional().meta({ description: 'The nextCursor of the page before.' }),
});
export type ConsentQuery = z.output<typeof ConsentQuery>;

export const ConsentPage = z
  .object({
    items: z.array(Consent),
    nextCursor: z.string().nullable().meta({ description: 'Null when this was the last page.' }),
  })
  .meta({ id: 'ConsentPage' });
export type ConsentPage = z.infer<typeof ConsentPage>;

export const ConsentParams = z.strictObject({ id: Id });
