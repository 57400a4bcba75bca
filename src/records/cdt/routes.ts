/** Codes and rules of the CDT over REST. */
import type { Clock } from '../../platform/clock.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { addCode, addStarterSet, changeCode, listCodes } from './codes.ts';
import { addRule, changeRule, deleteRule, listRules } from './rules.ts';
import {
  CdtCode,
  CdtCodeChange,
  CdtCodePage,
  CdtCodeQuery,
  CdtParams,
  CdtRule,
  CdtRuleChange,
  CdtRulePage,
  CdtStarterSet,
  NewCdtCode,
  NewCdtRule,
} from './schema.ts';

const tag = 'documents';
const read = { scopes: ['cdt:read'] } as const;
const write = { scopes: ['cdt:write'] } as const;
const purpose = 'HPAYMT';
const nobody = { none: 'By which codes the clinic bills, nobody in it.' };

export function cdtRoutes(deps: { clock: Clock }): Route[] {
  return [...codeRoutes(deps), ...ruleRoutes(deps)];
}

function codeRoutes({ clock }: { clock: Clock }): Route[] {
  return [
    route({
      method: 'get',
      path: '/cdt/codes',
      summary: "The clinic's CDT codes",
      tag,
      access: read,
      audit: nobody,
      query: CdtCodeQuery,
      reply: CdtCodePage,
      handler: ({ db }, { query }) => listCodes(db, query),
    }),
    route({
      method: 'post',
      path: '/cdt/codes',
      summary: 'Enter a CDT code',
      tag,
      access: write,
      audit: { action: 'cdt-code.create', purpose },
      body: NewCdtCode,
      reply: CdtCode,
      status: 201,
      errors: ['ALREADY_EXISTS'],
      handler: ({ db }, { body }) => addCode(db, body),
    }),
    route({
      method: 'post',
      path: '/cdt/codes/starter-set',
      summary: "Add a few codes to begin with, in our own words; none of the clinic's is changed",
      tag,
      access: write,
      audit: { action: 'cdt-code.starter-set', purpose },
      reply: CdtStarterSet,
      handler: ({ db }) => addStarterSet(db),
    }),
    route({
      method: 'patch',
      path: '/cdt/codes/:id',
      summary: 'Say a CDT code in other words, or switch it off or on',
      tag,
      access: write,
      audit: { action: 'cdt-code.change', purpose },
      params: CdtParams,
      body: CdtCodeChange,
      reply: CdtCode,
      errors: ['NOT_FOUND'],
      handler: ({ db }, { params, body }) => changeCode(db, params.id, body, clock.now()),
    }),
  ];
}

function ruleRoutes({ clock }: { clock: Clock }): Route[] {
  return [
    route({
      method: 'get',
      path: '/cdt/rules',
      summary: 'Which codes a case gets by its tier and the age of the patient',
      tag,
      access: read,
      audit: nobody,
      reply: CdtRulePage,
      handler: ({ db }) => listRules(db),
    }),
    route({
      method: 'post',
      path: '/cdt/rules',
      summary: 'Make the rule for a tier and an age group',
      tag,
      access: write,
      audit: { action: 'cdt-rule.create', purpose },
      body: NewCdtRule,
      reply: CdtRule,
      status: 201,
      errors: ['ALREADY_EXISTS'],
      handler: ({ db }, { body }) => addRule(db, body),
    }),
    route({
      method: 'put',
      path: '/cdt/rules/:id',
      summary: 'Give a rule other codes; documents keep those they have',
      tag,
      access: write,
      audit: { action: 'cdt-rule.change', purpose },
      params: CdtParams,
      body: CdtRuleChange,
      reply: CdtRule,
      errors: ['NOT_FOUND'],
      handler: ({ db }, { params, body }) => changeRule(db, params.id, body.codes, clock.now()),
    }),
    route({
      method: 'delete',
      path: '/cdt/rules/:id',
      summary: 'Delete a rule',
      tag,
      access: write,
      audit: { action: 'cdt-rule.delete', purpose },
      params: CdtParams,
      reply: undefined,
      errors: ['NOT_FOUND'],
      handler: ({ db }, { params }) => deleteRule(db, params.id),
    }),
  ];
}
