/** What codes and rules of the CDT take and answer. */
import { z } from 'zod';
import { Id } from '../../../signaling/protocol/index.ts';

/** How grave a case is. */
export const Tier = z.enum(['mild', 'moderate', 'severe']).meta({ id: 'CaseTier' });
export type Tier = z.infer<typeof Tier>;

/** Adolescents are 10 to 17 here: the WHO's begin at 10, and who is of age is an adult. */
export const AgeGroup = z.enum(['adolescent', 'adult']).meta({ id: 'AgeGroup' });
export type AgeGroup = z.infer<typeof AgeGroup>;

const Code = z
  .string()
  .regex(/^D\d{4}$/, 'Must be D and four digits, e.g. D8080')
  .meta({ example: 'D8080' });

const Description = z.string().trim().min(1).max(200).meta({
  description: "The clinic's own words, or the ADA's where the clinic has their licence.",
  example: 'Braces for the permanent teeth of an adolescent',
});

export const CdtCode = z
  .object({ id: Id, code: Code, description: Description, isActive: z.boolean() })
  .meta({ id: 'CdtCode' });
export type CdtCode = z.infer<typeof CdtCode>;

export const NewCdtCode = z.strictObject({ code: Code, description: Description }).meta({ id: 'NewCdtCode' });
export type NewCdtCode = z.output<typeof NewCdtCode>;

export const CdtCodeChange = z
  .strictObject({
    description: Description,
    isActive: z.boolean().meta({ description: 'Rules choose active codes only.' }),
  })
  .partial()
  .meta({ id: 'CdtCodeChange' });
export type CdtCodeChange = z.output<typeof CdtCodeChange>;

export const CdtCodeQuery = z.strictObject({
  isActive: z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' }).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2_000).optional().meta({ description: 'The nextCursor of the page before.' }),
});
export type CdtCodeQuery = z.output<typeof CdtCodeQuery>;

export const CdtCodePage = z
  .object({
    items: z.array(CdtCode).meta({ description: 'In the order of the codes.' }),
    nextCursor: z.string().nullable().meta({ description: 'Null when this was the last page.' }),
  })
  .meta({ id: 'CdtCodePage' });
export type CdtCodePage = z.infer<typeof CdtCodePage>;

export const CdtStarterSet = z
  .object({ added: z.int().meta({ description: 'How many of them the clinic did not have yet.' }) })
  .meta({ id: 'CdtStarterSet' });

const RuleCodes = z
  .array(Code)
  .min(1)
  .max(20)
  .refine((codes) => new Set(codes).size === codes.length, 'Must name each code once')
  .meta({ description: 'Active codes of the clinic, in the order in which they are told.' });

export const CdtRule = z
  .object({
    id: Id,
    tier: Tier,
    ageGroup: AgeGroup,
    codes: z.array(CdtCode).meta({ description: 'With those that were switched off since and are not chosen.' }),
  })
  .meta({ id: 'CdtRule' });
export type CdtRule = z.infer<typeof CdtRule>;

export const NewCdtRule = z
  .strictObject({ tier: Tier, ageGroup: AgeGroup, codes: RuleCodes })
  .meta({ id: 'NewCdtRule' });
export type NewCdtRule = z.output<typeof NewCdtRule>;

export const CdtRuleChange = z.strictObject({ codes: RuleCodes }).meta({ id: 'CdtRuleChange' });
export type CdtRuleChange = z.output<typeof CdtRuleChange>;

export const CdtRulePage = z
  .object({
    items: z.array(CdtRule).meta({ description: 'All: there is at most one for each tier and age group.' }),
    nextCursor: z.null(),
  })
  .meta({ id: 'CdtRulePage' });
export type CdtRulePage = z.infer<typeof CdtRulePage>;

export const CdtParams = z.strictObject({ id: Id });
