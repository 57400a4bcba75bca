/** Weekly hours: kept by the practitioner or by staff. */
import type { Actor } from '../../platform/actor.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { AppError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { defined } from '../defined.ts';
import { inputFault, parseAgain, refuseUnknown } from '../faults.ts';
import { type ListedRow, readPage } from '../listing.ts';
import { withAffected } from './affected.ts';
import { future, type Keeping, requireKeeper, requirePlace } from './context.ts';
import {
  type Affected,
  type ChangedRule,
  NewRule,
  type RuleChange,
  type RulePage,
  type RuleQuery,
  type RuleView,
} from './schema.ts';
import { toColumn, toMinutes, toTime } from './wall-clock.ts';

type Row = Omit<RuleView, 'startTime' | 'endTime'> & { startMinute: number; endMinute: number };

const columns = Prisma.sql`
  h.id, h.practitioner_id as "practitionerId", h.location_id as "locationId", h.room_id as "roomId",
  h.modality::text as modality, h.weekday, h.start_minute as "startMinute", h.end_minute as "endMinute",
  h.valid_from::text as "validFrom", h.valid_to::text as "validTo", h.step_minutes as "stepMinutes", h.capacity,
  h.lead_minutes as "leadMinutes", h.buffer_before_minutes as "bufferBeforeMinutes",
  h.buffer_after_minutes as "bufferAfterMinutes",
  (select json_agg(s.service_id order by s.service_id) from availability_rule_service s
   where s.tenant_id = h.tenant_id and s.rule_id = h.id) as "serviceIds",
  coalesce((select l.time_zone from location l where l.tenant_id = h.tenant_id and l.id = h.location_id),
    (select t.settings ->> 'timeZone' from tenant t where t.id = h.tenant_id)) as "timeZone"`;

/** A page of weekly hours, the oldest first. */
export async function listRules(db: TenantDb, { limit, cursor, ...filters }: RuleQuery): Promise<RulePage> {
  const { practitionerId = null, locationId = null, weekday = null } = filters;
  const sort = { sql: Prisma.sql`h.id::text`, type: 'text' } as const;
  const { rows, nextCursor } = await readPage<Row & ListedRow>(
    db,
    { of: ['rules', filters], cursor, limit, sort: 'id', columns: { id: sort }, id: Prisma.sql`h.id` },
    (after, ordered, sortValue) => Prisma.sql`
      select ${columns}, ${sortValue} as "sortValue" from availability_rule h
      where h.tenant_id = ${db.tenantId}::uuid
        and (${practitionerId}::uuid is null or h.practitioner_id = ${practitionerId}::uuid)
        and (${locationId}::uuid is null or h.location_id = ${locationId}::uuid)
        and (${weekday}::int is null or h.weekday = ${weekday}::int) and ${after} ${ordered}`,
  );
  return { items: rows.map(toView), nextCursor };
}

/** Throws NOT_FOUND. */
export function readRule(db: TenantDb, id: string): Promise<RuleView> {
  return db.run((tx) => findRule(tx, db.tenantId, id));
}

async function findRule(tx: Tx, tenantId: string, id: string): Promise<RuleView> {
  const [row] = await tx.$queryRaw<Row[]>`
    select ${columns} from availability_rule h where h.tenant_id = ${tenantId}::uuid and h.id = ${id}::uuid`;
  if (!row) throw new AppError('NOT_FOUND');
  return toView(row);
}

function toView({ startMinute, endMinute, ...row }: Row): RuleView {
  return { ...row, startTime: toTime(startMinute), endTime: toTime(endMinute) };
}

/** Throws CONFLICT where hours overlap, INVALID_INPUT for what is not there, FORBIDDEN for somebody else's. */
export async function createRule(keeping: Keeping, rule: NewRule): Promise<ChangedRule> {
  const { db, tx, actor, now } = keeping;
  const practitionerId = ownerOf(actor, rule);
  requireKeeper(actor, practitionerId);
  const id = newId();
  db.about({ entity: { type: 'Schedule', id } });
  const { result, ...affected } = await withAffected(tx, db.tenantId, { practitionerId, ...future(now) }, async () => {
    await checkRule(keeping, { ...rule, practitionerId }, id);
    await tx.availabilityRule.create({ data: { ...toColumns(rule), id, tenantId: db.tenantId, practitionerId } });
    await linkServices(tx, db.tenantId, id, rule.serviceIds);
    return findRule(tx, db.tenantId, id);
  });
  return { rule: result, ...affected };
}

/** Throws as `createRule`, and NOT_FOUND. */
export async function changeRule(keeping: Keeping, id: string, change: RuleChange): Promise<ChangedRule> {
  const { db, tx, actor, now } = keeping;
  const { practitionerId, present } = await lockRule(keeping, id);
  requireKeeper(actor, practitionerId);
  const { id: _, timeZone: __, ...kept } = present;
  const rule = parseAgain(NewRule, { ...kept, ...defined(change) });
  const { result, ...affected } = await withAffected(tx, db.tenantId, { practitionerId, ...future(now) }, async () => {
    await checkRule(keeping, { ...rule, practitionerId }, id);
    await tx.availabilityRule.updateMany({ where: { tenantId: db.tenantId, id }, data: toColumns(rule) });
    await tx.availabilityRuleService.deleteMany({ where: { tenantId: db.tenantId, ruleId: id } });
    await linkServices(tx, db.tenantId, id, rule.serviceIds);
    return findRule(tx, db.tenantId, id);
  });
  return { rule: result, ...affected };
}

/** What is booked stays. Throws NOT_FOUND, FORBIDDEN. */
export async function deleteRule(keeping: Keeping, id: string): Promise<Affected> {
  const { db, tx, actor, now } = keeping;
  const { practitionerId } = await lockRule(keeping, id);
  requireKeeper(actor, practitionerId);
  const { result: _, ...affected } = await withAffected(tx, db.tenantId, { practitionerId, ...future(now) }, () =>
    tx.availabilityRule.deleteMany({ where: { tenantId: db.tenantId, id } }),
  );
  return affected;
}

async function lockRule({ db, tx }: Keeping, id: string): Promise<{ practitionerId: string; present: RuleView }> {
  await tx.$queryRaw`select 1 from availability_rule where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid for update`;
  const present = await findRule(tx, db.tenantId, id);
  db.about({ entity: { type: 'Schedule', id } });
  return { practitionerId: present.practitionerId, present };
}

function ownerOf(actor: Actor, { practitionerId }: { practitionerId?: string | undefined }): string {
  const owner = practitionerId ?? actor.practitionerId;
  if (owner === null) throw inputFault('practitionerId', 'Say whose hours these are');
  return owner;
}

type Checked = Omit<NewRule, 'practitionerId'> & { practitionerId: string };

async function checkRule(keeping: Keeping, rule: Checked, id: string): Promise<void> {
  await requirePlace(keeping, rule);
  const { db, tx } = keeping;
  const { practitionerId, weekday, validFrom, validTo, serviceIds } = rule;
  if (serviceIds) {
    const given = await tx.practitionerService.findMany({ where: { tenantId: db.tenantId, practitionerId } });
    const known = given.map(({ serviceId }) => ({ id: serviceId }));
    refuseUnknown('serviceIds', serviceIds, known, 'This practitioner does not give such a service');
  }
  const [start, end] = [toMinutes(rule.startTime), toMinutes(rule.endTime)];
  const [other] = await tx.$queryRaw<{ startMinute: number; endMinute: number }[]>`
    select start_minute as "startMinute", end_minute as "endMinute" from availability_rule
    where tenant_id = ${db.tenantId}::uuid and practitioner_id = ${practitionerId}::uuid and id <> ${id}::uuid
      and weekday = ${weekday}::int and start_minute < ${end}::int and end_minute > ${start}::int
      and daterange(valid_from, valid_to, '[]') && daterange(${validFrom}::text::date, ${validTo}::text::date, '[]')
    order by start_minute limit 1`;
  if (!other) return;
  const hours = `${toTime(other.startMinute)} to ${toTime(other.endMinute)}`;
  throw new AppError('CONFLICT', `These hours overlap with others of the same day of the week, from ${hours}.`);
}

function toColumns(rule: NewRule) {
  return {
    locationId: rule.locationId,
    roomId: rule.roomId,
    modality: rule.modality,
    weekday: rule.weekday,
    startMinute: toMinutes(rule.startTime),
    endMinute: toMinutes(rule.endTime),
    validFrom: rule.validFrom === null ? null : toColumn(rule.validFrom),
    validTo: rule.validTo === null ? null : toColumn(rule.validTo),
    stepMinutes: rule.stepMinutes,
    capacity: rule.capacity,
    leadMinutes: rule.leadMinutes,
    bufferBeforeMinutes: rule.bufferBeforeMinutes,
    bufferAfterMinutes: rule.bufferAfterMinutes,
  };
}

async function linkServices(tx: Tx, tenantId: string, ruleId: string, ids: readonly string[] | null): Promise<void> {
  if (ids)
    await tx.availabilityRuleService.createMany({ data: ids.map((serviceId) => ({ tenantId, ruleId, serviceId })) });
}
