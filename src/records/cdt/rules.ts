/** Which codes a case gets: one rule for each tier and age group. */
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { activeIds } from './codes.ts';
import type { AgeGroup, CdtRule, CdtRulePage, NewCdtRule, Tier } from './schema.ts';

/** A code as a document keeps it. */
export interface ChosenCode {
  code: string;
  description: string;
}

/** The active codes that the clinic's rule names for such a case; none without a rule. */
export async function chooseCodes(
  tx: Tx,
  tenantId: string,
  { tier, ageGroup }: { tier: Tier; ageGroup: AgeGroup | null },
): Promise<ChosenCode[]> {
  if (ageGroup === null) return [];
  return tx.$queryRaw<ChosenCode[]>`
    select c.code, c.description from cdt_rule r
      join cdt_rule_code rc on rc.tenant_id = r.tenant_id and rc.rule_id = r.id
      join cdt_code c on c.tenant_id = rc.tenant_id and c.id = rc.code_id
    where r.tenant_id = ${tenantId}::uuid and r.tier = ${tier} and r.age_group = ${ageGroup} and c.is_active
    order by rc.position`;
}

export function listRules(db: TenantDb): Promise<CdtRulePage> {
  return db.run(async (tx) => ({ items: await readRules(tx, db.tenantId), nextCursor: null }));
}

/** Throws ALREADY_EXISTS where there is one for the pair, INVALID_INPUT for codes that are unknown or switched off. */
export function addRule(db: TenantDb, { tier, ageGroup, codes }: NewCdtRule): Promise<CdtRule> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    const id = newId();
    const codeIds = await activeIds(tx, tenantId, codes);
    const { count } = await tx.cdtRule.createMany({ data: [{ id, tenantId, tier, ageGroup }], skipDuplicates: true });
    if (count === 0)
      throw new AppError('ALREADY_EXISTS', 'There is a rule for this tier and age group already. Change that one.');
    await setCodes(tx, tenantId, { ruleId: id, codeIds });
    return told(tx, db, id);
  });
}

/** Throws NOT_FOUND, INVALID_INPUT. */
export function changeRule(db: TenantDb, id: string, codes: readonly string[], now: Date): Promise<CdtRule> {
  return db.run(async (tx) => {
    const { tenantId } = db;
    const { count } = await tx.cdtRule.updateMany({ where: { tenantId, id }, data: { changedAt: now } });
    if (count === 0) throw noRule();
    const codeIds = await activeIds(tx, tenantId, codes);
    await tx.cdtRuleCode.deleteMany({ where: { tenantId, ruleId: id } });
    await setCodes(tx, tenantId, { ruleId: id, codeIds });
    return told(tx, db, id);
  });
}

/** Throws NOT_FOUND. Documents keep the codes that they have. */
export function deleteRule(db: TenantDb, id: string): Promise<void> {
  return db.run(async (tx) => {
    const { count } = await tx.cdtRule.deleteMany({ where: { tenantId: db.tenantId, id } });
    if (count === 0) throw noRule();
    db.about({ entity: { type: 'CdtRule', id } });
  });
}

const noRule = () => new AppError('NOT_FOUND', 'There is no such rule.');

async function setCodes(
  tx: Tx,
  tenantId: string,
  { ruleId, codeIds }: { ruleId: string; codeIds: readonly string[] },
): Promise<void> {
  await tx.cdtRuleCode.createMany({
    data: codeIds.map((codeId, position) => ({ tenantId, ruleId, codeId, position })),
  });
}

async function told(tx: Tx, db: TenantDb, id: string): Promise<CdtRule> {
  db.about({ entity: { type: 'CdtRule', id } });
  const [rule] = await readRules(tx, db.tenantId, id);
  if (!rule) throw noRule();
  return rule;
}

function readRules(tx: Tx, tenantId: string, id?: string): Promise<CdtRule[]> {
  const one = id === undefined ? Prisma.empty : Prisma.sql`and r.id = ${id}::uuid`;
  return tx.$queryRaw<CdtRule[]>`
    select r.id, r.tier, r.age_group as "ageGroup", coalesce((
      select jsonb_agg(jsonb_build_object('id', c.id, 'code', c.code, 'description', c.description, 'isActive', c.is_active)
        order by rc.position)
      from cdt_rule_code rc join cdt_code c on c.tenant_id = rc.tenant_id and c.id = rc.code_id
      where rc.tenant_id = r.tenant_id and rc.rule_id = r.id), '[]'::jsonb) as codes
    from cdt_rule r where r.tenant_id = ${tenantId}::uuid ${one}
    order by array_position(array['mild', 'moderate', 'severe'], r.tier), r.age_group`;
}
