/** What the calls of the audit trail take and answer. */
import { z } from 'zod';

const results = ['success', 'refused', 'failed'] as const;
const purposes = ['TREAT', 'HPAYMT', 'HOPERAT', 'PATRQT', 'SYSADMIN'] as const;

/** Any offset comes in, UTC goes on. */
const When = z.iso
  .datetime({ offset: true, abort: true })
  .refine((value) => /^(19|20|21)/.test(value), 'must be between the years 1900 and 2199')
  .overwrite((value) => {
    const ms = Date.parse(value);
    return Number.isNaN(ms) ? value : new Date(ms).toISOString();
  });

export const AuditFilters = z.strictObject({
  from: When.optional().meta({ description: 'At or after.', example: '2026-11-01T00:00:00.000Z' }),
  to: When.optional().meta({ description: 'Before.' }),
  actorId: z.uuid().optional().meta({ description: 'Who did it: a user, or an API key.' }),
  patientId: z.uuid().optional().meta({ description: 'Whose data it was, among others.' }),
  action: z
    .string()
    .regex(/^[a-z_-]{1,40}\.[a-z_-]{1,40}$/, 'Must be an action, e.g. meeting.read')
    .optional()
    .meta({ example: 'meeting.read' }),
  result: z.enum(results).optional(),
  entityType: z
    .string()
    .regex(/^[A-Za-z]{1,40}$/, 'Must be the name of a kind of record')
    .optional()
    .meta({ description: 'The kind of record: `Meeting`, `Appointment`, `User`.' }),
  entityId: z.string().min(1).max(64).optional(),
});
export type AuditFilters = z.output<typeof AuditFilters>;

export const AuditQuery = z.strictObject({
  ...AuditFilters.shape,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(400).optional(),
});
export type AuditQuery = z.output<typeof AuditQuery>;

export const AuditEntryView = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.object({
      kind: z.enum(['person', 'service', 'system', 'anonymous']),
      id: z.uuid().nullable(),
      name: z.string().nullable().meta({ description: 'As the account or the API key is called now.' }),
      roles: z.array(z.string()).meta({ description: 'As they were then.' }),
    }),
    action: z.string(),
    purpose: z.enum(purposes).meta({ description: "A code of HL7's PurposeOfUse." }),
    result: z.enum(results),
    code: z.string().nullable().meta({ description: 'Why it was refused or failed.' }),
    patientIds: z.array(z.uuid()),
    entity: z.object({ type: z.string(), id: z.string() }).nullable(),
    requestId: z.string().nullable(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    route: z.string().nullable(),
    asked: z
      .record(z.string(), z.uuid())
      .nullable()
      .meta({ description: 'The ids in the address of a refused request.' }),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntryView = z.output<typeof AuditEntryView>;

export const AuditPage = z
  .object({ items: z.array(AuditEntryView), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.output<typeof AuditPage>;

export const faultKinds = [
  'entry_altered',
  'entry_missing',
  'seal_broken',
  'seal_missing',
  'entry_unsealed',
  'head_unknown',
] as const;

export const AuditFault = z
  .object({
    kind: z.enum(faultKinds).meta({
      description:
        'An entry is not as it was written; is gone; its seal does not follow on the one before; a seal is gone; an entry waits for its seal for more than a minute; the head that was expected is not in the chain.',
    }),
    entryId: z.uuid().nullable(),
    position: z.int().positive().nullable().meta({ description: 'The place in the chain.' }),
  })
  .meta({ id: 'AuditFault' });
export type AuditFault = z.output<typeof AuditFault>;

export const ChainHead = z
  .object({
    position: z.int().positive(),
    // Of any length: who has shortened it in the database is told of as a fault, not by a failing answer.
    hash: z.string().regex(/^(?:[0-9a-f]{2})*$/),
  })
  .meta({ description: 'The last seal. Kept elsewhere, it shows later that nothing before it was changed.' });
export type ChainHead = z.output<typeof ChainHead>;

export const Verification = z
  .object({
    intact: z.boolean(),
    entries: z.int().nonnegative().meta({ description: 'How many were looked at.' }),
    unsealed: z.int().nonnegative().meta({ description: 'How many of them still wait for their seal.' }),
    head: ChainHead.nullable(),
    faultCount: z.int().nonnegative(),
    faults: z.array(AuditFault).meta({ description: 'The first hundred.' }),
  })
  .meta({ id: 'AuditVerification' });
export type Verification = z.output<typeof Verification>;

export const VerifyQuery = z.strictObject({
  head: z
    .string()
    .regex(/^[1-9][0-9]{0,14}:[0-9a-f]{64}$/, 'Must be position:hash of a head')
    .optional()
    .meta({ description: 'A head that was kept elsewhere, as `position:hash`.' }),
});
