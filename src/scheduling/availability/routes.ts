import type { Clock } from '../../platform/clock.ts';
import { databaseFault } from '../../platform/db/faults.ts';
import { AppError } from '../../platform/errors.ts';
import { type RequestContext, type Route, route } from '../../platform/http/route.ts';
import type { Keeping } from './context.ts';
import { changeException, createException, deleteException, listExceptions, readException } from './exceptions.ts';
import { previewChange } from './preview.ts';
import { changeRule, createRule, deleteRule, listRules, readRule } from './rules.ts';
import {
  Affected,
  AvailabilityParams,
  ChangedException,
  ChangedRule,
  ExceptionChange,
  ExceptionPage,
  ExceptionQuery,
  ExceptionView,
  NewException,
  NewRule,
  Preview,
  RuleChange,
  RulePage,
  RuleQuery,
  RuleView,
} from './schema.ts';

const tag = 'availability';
/** Whose hours somebody may change is for the policy: the own ones, or everybody's. */
const access = { scopes: ['availability:read'] } as const;
const audit = { none: 'Working hours, which free times show anyway.' };
const params = AvailabilityParams;

export interface AvailabilityDeps {
  clock: Clock;
}

export function availabilityRoutes(deps: AvailabilityDeps): Route[] {
  return [...readRoutes(), ...ruleRoutes(deps), ...exceptionRoutes(deps), ...previewRoutes(deps)];
}

/** One transaction. Of two changes at once that overlap, the constraint refuses the later one. */
async function keep<T>(
  { clock }: AvailabilityDeps,
  { actor, db }: RequestContext,
  work: (keeping: Keeping) => Promise<T>,
): Promise<T> {
  try {
    return await db.run((tx) => work({ db, tx, actor, now: clock.now() }));
  } catch (error) {
    if (databaseFault(error)?.sqlState !== '23P01') throw error;
    throw new AppError('CONFLICT', 'These hours overlap with others that were just entered.', { cause: error });
  }
}

function readRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/availability/rules',
      summary: 'Weekly hours',
      tag,
      access,
      audit,
      query: RuleQuery,
      reply: RulePage,
      handler: ({ db }, { query }) => listRules(db, query),
    }),
    route({
      method: 'get',
      path: '/availability/rules/:id',
      summary: 'Weekly hours of one day',
      tag,
      access,
      audit,
      params,
      reply: RuleView,
      errors: ['NOT_FOUND'],
      handler: ({ db }, { params }) => readRule(db, params.id),
    }),
    route({
      method: 'get',
      path: '/availability/exceptions',
      summary: 'Leave, holidays and extra hours: the own and the clinic’s, all for staff',
      tag,
      access,
      audit: { action: 'availability-exception.list', purpose: 'HOPERAT' },
      query: ExceptionQuery,
      reply: ExceptionPage,
      handler: ({ actor, db }, { query }) => listExceptions(db, actor, query),
    }),
    route({
      method: 'get',
      path: '/availability/exceptions/:id',
      summary: 'One leave, holiday or extra hours',
      tag,
      access,
      audit: { action: 'availability-exception.read', purpose: 'HOPERAT' },
      params,
      reply: ExceptionView,
      errors: ['NOT_FOUND'],
      handler: ({ actor, db }, { params }) => readException(db, actor, params.id),
    }),
  ];
}

function ruleRoutes(deps: AvailabilityDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/availability/rules',
      summary: 'Adds weekly hours: a doctor the own, staff anybody’s',
      tag,
      access,
      audit: { action: 'availability-rule.create', purpose: 'HOPERAT' },
      body: NewRule,
      status: 201,
      reply: ChangedRule,
      errors: ['CONFLICT'],
      handler: (context, { body }) => keep(deps, context, (keeping) => createRule(keeping, body)),
    }),
    route({
      method: 'patch',
      path: '/availability/rules/:id',
      summary: 'Changes weekly hours; what is left out stays, what is booked stays and is listed',
      tag,
      access,
      audit: { action: 'availability-rule.change', purpose: 'HOPERAT' },
      params,
      body: RuleChange,
      reply: ChangedRule,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: (context, { params, body }) => keep(deps, context, (keeping) => changeRule(keeping, params.id, body)),
    }),
    route({
      method: 'delete',
      path: '/availability/rules/:id',
      summary: 'Ends weekly hours; what is booked stays and is listed',
      tag,
      access,
      audit: { action: 'availability-rule.delete', purpose: 'HOPERAT' },
      params,
      reply: Affected,
      errors: ['NOT_FOUND'],
      handler: (context, { params }) => keep(deps, context, (keeping) => deleteRule(keeping, params.id)),
    }),
  ];
}

function exceptionRoutes(deps: AvailabilityDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/availability/exceptions',
      summary: 'Adds leave or extra hours; what is booked stays and is listed',
      tag,
      access,
      audit: { action: 'availability-exception.create', purpose: 'HOPERAT' },
      body: NewException,
      status: 201,
      reply: ChangedException,
      errors: ['CONFLICT'],
      handler: (context, { body }) => keep(deps, context, (keeping) => createException(keeping, body)),
    }),
    route({
      method: 'patch',
      path: '/availability/exceptions/:id',
      summary: 'Changes when and why; what is left out stays',
      tag,
      access,
      audit: { action: 'availability-exception.change', purpose: 'HOPERAT' },
      params,
      body: ExceptionChange,
      reply: ChangedException,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: (context, { params, body }) =>
        keep(deps, context, (keeping) => changeException(keeping, params.id, body)),
    }),
    route({
      method: 'delete',
      path: '/availability/exceptions/:id',
      summary: 'Takes leave or extra hours back; what is booked stays and is listed',
      tag,
      access,
      audit: { action: 'availability-exception.delete', purpose: 'HOPERAT' },
      params,
      reply: Affected,
      errors: ['NOT_FOUND'],
      handler: (context, { params }) => keep(deps, context, (keeping) => deleteException(keeping, params.id)),
    }),
  ];
}

function previewRoutes(deps: AvailabilityDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/availability/preview',
      summary: 'What a change of hours would do to booked visits, without making it',
      tag,
      access,
      audit: { action: 'availability.preview', purpose: 'HOPERAT' },
      body: Preview,
      reply: Affected,
      errors: ['NOT_FOUND', 'CONFLICT'],
      handler: (context, { body }) => keep(deps, context, (keeping) => previewChange(keeping, body)),
    }),
  ];
}
