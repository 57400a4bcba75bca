/** Bodies that a route carries out in a clinic of its own, for those that take ids; and any that fits, for the others. */
import * as fc from 'fast-check';
import { z } from 'zod';
import type { Route } from '../../../src/platform/http/route.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { FullTenant } from '../every-row.ts';
import { fitting, type JsonSchema } from '../fuzz/json-schema.ts';
import { endVisit, progressNote } from './ready.ts';

export type Ids = (table: string) => string;

const soon = () => new Date(Date.now() + 3_600_000).toISOString();
const text = () => `x${Math.random().toString(36).slice(2, 10)}`;
const nextWeek = () => new Date(Date.now() + 7 * 86_400_000).toISOString();
type Body = Record<string, unknown>;

/**
 * By `METHOD path`: bodies that the route answers with success, every field that holds an id in at least one of them. Whoever
 * adds a route that takes ids in its body adds it here.
 */
export const carriedOut: Record<string, (ids: Ids, tenant: FullTenant) => Body[] | Promise<Body[]>> = {
  'POST /meetings': (ids) => [
    {
      doctorId: ids('practitioner'),
      patientId: ids('patient'),
      appointmentId: ids('appointment'),
      scheduledAt: soon(),
    },
  ],
  'POST /consents': (ids) => [
    { patientId: ids('patient'), purpose: 'TREAT', scope: ['records-sharing'], grantedBy: 'The patient' },
  ],
  'POST /appointments': (ids) => [newVisit(ids)],
  'POST /chat': (ids) => [{ message: 'When do you open?', conversationId: ids('chat_conversation') }],
  'POST /payments/orders': (ids) => [{ appointmentId: ids('appointment') }],
  'POST /appointments/series': (ids) => [{ ...newVisit(ids), count: 2 }],
  'POST /appointments/:id/reschedule': (ids) => [
    { startsAt: nextWeek(), locationId: ids('location'), overrideHours: true },
  ],
  'POST /appointments/waitlist': (ids) => [
    {
      patientId: ids('patient'),
      serviceId: ids('service'),
      practitionerId: ids('practitioner'),
      from: soon(),
      to: nextWeek(),
    },
  ],
  'POST /documents/treatment-summary': newDocument,
  'POST /documents/insurance-summary': newDocument,
  'POST /documents/progress-note': newDocument,
  'POST /uploads': (ids) => [{ category: 'lab_report', patientId: ids('patient') }],
  'POST /uploads/:id/share': (ids) => [{ meetingId: ids('meeting') }],
  'POST /admin/users': async (ids, tenant) => {
    const records = await withoutAccount(tenant);
    const person = { email: `${text()}@test.example`, displayName: 'New', password: 'Quite-Unguessable-71' };
    return [{ ...person, clinicRoleIds: [ids('clinic_role')], ...records }];
  },
  'PATCH /admin/users/:id': (ids) => [{ clinicRoleIds: [ids('clinic_role')] }],
  'PATCH /directory/practitioners/:id': (ids) => [{ locationIds: [ids('location')], serviceIds: [ids('service')] }],
  'POST /catalog/services': (ids) => [newService([ids('practitioner')])],
  'PATCH /catalog/services/:id': (ids) => [{ practitionerIds: [ids('practitioner')] }],
  'POST /availability/rules': (ids) => [newRule(ids)],
  'PATCH /availability/rules/:id': (ids) => [
    { locationId: ids('location'), roomId: ids('room'), serviceIds: [ids('service')] },
  ],
  'POST /availability/exceptions': (ids) => newExceptions(ids),
  'POST /availability/preview': (ids) => [
    { change: 'create-rule', rule: newRule(ids) },
    { change: 'delete-rule', id: ids('availability_rule') },
    ...newExceptions(ids).map((exception) => ({ change: 'create-exception', exception })),
    { change: 'delete-exception', id: ids('availability_exception') },
  ],
};

function newVisit(ids: Ids): Body {
  const who = { practitionerId: ids('practitioner'), patientId: ids('patient'), serviceId: ids('service') };
  const at = { startsAt: nextWeek(), locationId: ids('location'), modality: 'in_person' };
  return { ...who, ...at, overrideHours: true };
}

/** About a visit that is over. */
async function newDocument(ids: Ids, tenant: FullTenant): Promise<Body[]> {
  await endVisit(tenant);
  return [{ patientId: ids('patient'), meetingId: ids('meeting'), age: 30, tier: 'mild', findings: ['Crowding'] }];
}

/** Records that nobody signs in with. */
async function withoutAccount({ id: tenantId, db }: FullTenant): Promise<Body> {
  const [patientId, practitionerId] = [newId(), newId()];
  await db.run(async (tx) => {
    await tx.patient.create({ data: { id: patientId, tenantId, name: 'On paper' } });
    await tx.practitioner.create({ data: { id: practitionerId, tenantId, name: 'On paper' } });
  });
  return { patientId, practitionerId };
}

function newService(practitionerIds: string[]): Body {
  const code = { codeSystem: 'http://snomed.info/sct', code: text(), name: 'Follow-up' };
  return { ...code, durationMinutes: 15, priceMinor: 0, currency: 'INR', modality: 'both', practitionerIds };
}

/** On another day than the rule that every-row.ts makes. */
function newRule(ids: Ids): Body {
  const place = { locationId: ids('location'), roomId: ids('room'), modality: 'both' };
  const hours = { weekday: 4, startTime: '09:00', endTime: '12:00' };
  return { ...place, ...hours, practitionerId: ids('practitioner'), serviceIds: [ids('service')] };
}

function newExceptions(ids: Ids): Body[] {
  const who = { practitionerId: ids('practitioner'), locationId: ids('location'), startsOn: '2027-03-04' };
  const hours = { startTime: '09:00', endTime: '12:00' };
  return [
    { kind: 'leave', ...who },
    { kind: 'extra', ...who, ...hours, roomId: ids('room'), modality: 'both' },
  ];
}

export const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

/** Throws a sentence that says what to add. */
export async function bodiesWithIds(route: Route, ids: Ids, tenant: FullTenant): Promise<Body[]> {
  const make = carriedOut[nameOf(route)];
  if (make) return make(ids, tenant);
  throw new Error(
    `${nameOf(route)} takes ids in its body (${[...idFieldsOf(schemaOf(route))].join(', ')}). Add bodies that it carries out to tests/support/doors/bodies.ts.`,
  );
}

export function schemaOf(route: Route): JsonSchema {
  if (!route.body) return {};
  const schema = z.toJSONSchema(route.body as z.ZodType, { io: 'input', unrepresentable: 'any' });
  return inlined(schema, schema.$defs ?? {}) as JsonSchema;
}

/** With what `$ref` points to in its place; no body of ours contains itself. */
function inlined(value: unknown, definitions: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => inlined(one, definitions));
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value && typeof value.$ref === 'string')
    return inlined(definitions[value.$ref.replace('#/$defs/', '')], definitions);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inlined(one, definitions)]));
}

/** The names of the fields, at any depth, that hold ids. */
export function idFieldsOf(schema: JsonSchema, name = ''): Set<string> {
  const inner = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return new Set([
    ...(schema.format === 'uuid' ? [name] : []),
    ...inner.flatMap((one) => (one ? [...idFieldsOf(one, name)] : [])),
    ...Object.entries(schema.properties ?? {}).flatMap(([field, one]) => [...idFieldsOf(one, field)]),
  ]);
}

/** Bodies for routes whose own cannot be made up from their schema. */
const wellFormed: Record<string, Body> = {
  'POST /meetings/:id/consent': { policyId: 'teleconsultation-1', language: 'en' },
  'PUT /documents/:id': { version: 2, payload: progressNote },
  'POST /documents/:id/confirm': { version: 2, payload: progressNote },
  'POST /documents/:id/discard': { version: 2 },
  'POST /admin/users/:id/external-identities': { issuer: 'https://portal.example', subject: 'somebody-new' },
};

/** A body that the route reads without complaint, as small as it may be; undefined where it takes none. */
export function anyBody(route: Route, ids: readonly string[]): unknown {
  if (!route.body) return undefined;
  const schema = route.body as z.ZodType;
  const full = schemaOf(route);
  const candidates = [
    wellFormed[nameOf(route)] ?? {},
    ...fc.sample(fitting(onlyRequired(full), { ids }), { numRuns: 100, seed: 1 }),
    ...fc.sample(fitting(full, { ids }), { numRuns: 300, seed: 1 }),
  ];
  const found = candidates.find((one) => schema.safeParse(one).success);
  if (found !== undefined) return found;
  throw new Error(`No body was found for ${nameOf(route)}. Add one to tests/support/doors/bodies.ts.`);
}

function onlyRequired(schema: JsonSchema): JsonSchema {
  if (!schema.properties) return schema;
  const required = new Set(schema.required);
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(schema.properties).flatMap(([name, one]) =>
        required.has(name) ? [[name, onlyRequired(one)]] : [],
      ),
    ),
  };
}
