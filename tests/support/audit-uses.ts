/** A good use of every route, in an order in which each finds what it needs. For tests of what holds for every success. */

import type { Route } from '../../src/platform/http/route.ts';
import { makeBookable, timeAhead } from './bookable.ts';
import { anyBody, carriedOut, nameOf } from './doors/bodies.ts';
import { formOf } from './doors/form.ts';
import { idIn, paramsOf } from './doors/ids.ts';
import type { FullTenant } from './every-row.ts';
import type { LiveServer } from './live.ts';
import { tokenIn } from './mail-server.ts';
import type { Mailing } from './mailing.ts';
import type { ModelServer } from './model-server.ts';
import type { RazorpayServer } from './razorpay.ts';
import { type Answered, call } from './serve-app.ts';
import { type TestPerson, type TestTenant, testPassword } from './tenant.ts';
import { totp } from './totp.ts';

export interface Use {
  /** `GET /meetings/:id`. */
  route: string;
  /** Sends it under this X-Request-Id. */
  send(requestId: string): Promise<Answered>;
}

type Json = Record<string, unknown> & { id: string };

/** What the server under these uses must trust for the clinic. */
export const portalOfUses = 'https://portal.example';

/** What else the server under these uses talks to. */
export interface Outside {
  razorpay: RazorpayServer;
  model: ModelServer;
}

export async function* usesOf(live: Mailing, clinic: TestTenant, outside: Outside): AsyncGenerator<Use> {
  const { razorpay, model } = outside;
  yield* appointmentUses(live, clinic);
  yield* paymentUses(live, clinic, razorpay);
  yield* meetingUses(live, clinic);
  yield* trailUses(live, clinic);
  yield* adminUses(live, clinic);
  yield* factorUses(live, clinic);
  yield* mailUses(live, clinic);
  yield* uploadUses(live, clinic);
  yield* chatUses(live, clinic, model);
  yield* cdtUses(live, clinic);
  yield* documentUses(live, clinic);
}

/** A use of a route in a clinic that has a row of everything, with the ids of those rows. */
export async function usualUse(live: LiveServer, clinic: FullTenant, route: Route, as: TestPerson): Promise<Use> {
  const params: [string, string][] = [];
  for (const { name, table } of paramsOf(route.path)) params.push([name, await idIn(live.db, clinic, table)]);
  const rows = new Map<string, string>();
  const ids = (table: string) => rows.get(table) ?? '';
  for (const table of tables) rows.set(table, await idIn(live.db, clinic, table));
  const [own] = (await carriedOut[nameOf(route)]?.(ids, clinic)) ?? [];
  const body: unknown = own ?? madeUp(route);
  return new Step(live, clinic, nameOf(route), {
    as,
    params: Object.fromEntries(params),
    ...(route.receives
      ? { form: formOf({ category: 'lab_report', patientId: clinic.patientId }) }
      : body !== undefined && { body }),
  });
}

/** What cannot be made up from the route's schema is for the uses above to say. */
function madeUp(route: Route): unknown {
  try {
    return anyBody(route, []);
  } catch {
    return {};
  }
}

/** Of which bodies name rows. */
const tables = [
  'meeting',
  'practitioner',
  'patient',
  'appointment',
  'location',
  'room',
  'service',
  'clinic_role',
  'availability_rule',
  'availability_exception',
  'chat_conversation',
];

interface StepOptions {
  as: TestPerson | null;
  /** Sent as a form instead of a body. */
  form?: FormData;
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
}

/** One request of a person, or of nobody; keeps the answer for what comes next. */
class Step implements Use {
  readonly route: string;
  readonly #send: (requestId: string) => Promise<Answered>;
  #answer: Answered | undefined;

  constructor(
    live: LiveServer,
    clinic: TestTenant,
    route: string,
    { as, params = {}, query = '', body, form }: StepOptions,
  ) {
    this.route = route;
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replaceAll(/:(\w+)/g, (_all, name: string) => params[name] ?? '');
    this.#send = async (requestId) =>
      call(`${live.url}/api/v1${path}${query}`, method, {
        headers: { 'x-request-id': requestId },
        ...(as && { token: await clinic.token(as) }),
        ...(body !== undefined && { body }),
        form,
      });
  }

  async send(requestId: string): Promise<Answered> {
    this.#answer = await this.#send(requestId);
    return this.#answer;
  }

  /** What it answered; to be asked for after it was sent. */
  get json(): Json {
    return this.#answer?.json as Json;
  }
}

async function* meetingUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const { doctorId, patientId } = clinic;
  const step = stepsIn(live, clinic);
  const body = { doctorId, patientId, scheduledAt: live.clock.now().toISOString() };
  const made = step('POST /meetings', { as: 'staff', body });
  yield made;
  const params = { id: made.json.id };
  yield step('GET /meetings', { as: 'doctor' });
  yield step('GET /queues', { as: 'staff' });
  yield step('GET /meetings/:id', { as: 'patient', params });
  yield step('GET /meetings/:id/timeline', { as: 'staff', params });
  yield step('GET /meetings/:id/quality', { as: 'staff', params });
  yield step('GET /meetings/export.csv', { as: 'admin' });
  yield step('POST /meetings/:id/cancel', { as: 'staff', params, body: { reason: 'Moved.' } });
  yield* guestUses(live, clinic);
  yield* lawUses(live, clinic);
  const another = await live.meeting(clinic);
  await using doctor = await live.socket(clinic, 'doctor');
  await doctor.call('meeting:start', { meetingId: another.id });
  yield step('POST /meetings/:id/end', { as: 'admin', params: { id: another.id } });
}

async function* guestUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  const { id } = await live.meeting(clinic);
  const made = step('POST /meetings/:id/invites', { as: 'doctor', params: { id }, body: { role: 'carer' } });
  yield made;
  yield step('GET /meetings/:id/invites', { as: 'doctor', params: { id } });
  const [, token] = String(made.json['url']).split('#token=');
  yield step('POST /guests/look', { as: null, body: { token } });
  const entered = step('POST /guests/enter', { as: null, body: { token, name: 'Asha Menon' } });
  yield entered;
  yield step('POST /guests/renew', { as: null, body: { resumeToken: entered.json['resumeToken'] } });
  yield step('POST /meetings/:id/invites/:inviteId/revoke', { as: 'doctor', params: { id, inviteId: made.json.id } });
}

async function* lawUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  const params = { id: (await live.meeting(clinic)).id };
  yield step('GET /meetings/:id/sheet', { as: 'doctor', params });
  const text = { policyId: 'teleconsultation-1', language: 'hi' };
  yield step('POST /meetings/:id/consent', { as: 'patient', params, body: text });
  yield step('POST /meetings/:id/identity', { as: 'doctor', params, body: {} });
  yield* afterUses(live, clinic);
  const { patientId } = clinic;
  const agreed = { patientId, purpose: 'TREAT', scope: ['records-sharing'], grantedBy: 'The patient' };
  const given = step('POST /consents', { as: 'patient', body: agreed });
  yield given;
  yield step('GET /consents/:id', { as: 'patient', params: { id: given.json.id } });
  yield step('PATCH /patients/:id', { as: 'doctor', params: { id: patientId }, body: { birthDate: '1990-05-17' } });
  yield step('GET /patients/:id/consents', { as: 'staff', params: { id: patientId } });
  const no = { reason: 'Changed their mind.' };
  yield step('POST /consents/:id/revoke', { as: 'patient', params: { id: given.json.id }, body: no });
}

async function* afterUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  const params = { id: (await live.meeting(clinic)).id };
  await using doctor = await live.socket(clinic, 'doctor');
  await doctor.call('meeting:start', { meetingId: params.id });
  await live.rest(clinic, 'admin', 'POST', `/meetings/${params.id}/end`);
  yield step('GET /meetings/:id/after', { as: 'patient', params });
  yield step('PUT /meetings/:id/rating', { as: 'patient', params, body: { stars: 5, words: 'Kind.' } });
  yield step('GET /ratings/comments', { as: 'staff' });
  yield step('PUT /meetings/:id/note', { as: 'doctor', params, body: { text: 'Rest.', version: 0 } });
  yield step('GET /meetings/:id/note', { as: 'doctor', params });
  yield step('POST /meetings/:id/note/sign', { as: 'doctor', params, body: { version: 1 } });
  yield step('GET /meetings/:id/note/versions', { as: 'admin', params });
}

async function* uploadUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  const made = step('POST /uploads', { as: 'patient', form: formOf({ category: 'lab_report' }) });
  yield made;
  const params = { id: made.json.id };
  yield step('GET /uploads', { as: 'patient' });
  yield step('GET /uploads/:id', { as: 'patient', params });
  yield step('GET /uploads/:id/content', { as: 'patient', params });
  const meeting = await live.meeting(clinic);
  yield step('POST /uploads/:id/share', { as: 'patient', params, body: { meetingId: meeting.id } });
  yield step('GET /uploads/shared', { as: 'doctor', query: `?meetingId=${meeting.id}` });
  yield step('GET /uploads/:id/history', { as: 'patient', params });
  const link = step('POST /uploads/:id/link', { as: 'patient', params });
  yield link;
  const { search: query } = new URL(String(link.json['url']));
  yield step('GET /uploads/linked', { as: null, query });
  yield step('DELETE /uploads/:id', { as: 'patient', params });
}

/** The model proposes a booking, twice: one is confirmed, one is not. */
async function* chatUses(live: LiveServer, clinic: TestTenant, model: ModelServer): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  const { id: serviceId } = await clinic.db.run((tx) => tx.service.findFirstOrThrow({ where: { modality: 'both' } }));
  const actions: string[] = [];
  let conversationId = '';
  for (const halves of [0, 1]) {
    const startsAt = timeAhead(live.clock.now(), 40, halves).toISOString();
    const input = { practitionerId: clinic.doctorId, serviceId, startsAt, modality: 'video' };
    model.next({ say: [], use: [{ name: 'propose_booking', input }] }, { say: ['Please confirm it.'] });
    const asked = step('POST /chat', { as: 'patient', body: { message: 'That one, please.' } });
    yield asked;
    actions.push((asked.json['actions'] as { id: string }[])[0]?.id ?? '');
    conversationId = String(asked.json['conversationId']);
  }
  const [yes = '', no = ''] = actions;
  yield step('POST /chat/actions/:id/confirm', { as: 'patient', params: { id: yes } });
  yield step('POST /chat/actions/:id/decline', { as: 'patient', params: { id: no } });
  yield step('GET /chat/conversations', { as: 'patient' });
  yield step('GET /chat/conversations/:id', { as: 'patient', params: { id: conversationId } });
  yield step('DELETE /chat/conversations/:id', { as: 'patient', params: { id: conversationId } });
  yield step('GET /chat/exchanges', { as: 'admin' });
}

async function* cdtUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  yield step('POST /cdt/codes/starter-set', { as: 'admin' });
  const made = step('POST /cdt/codes', { as: 'admin', body: { code: 'D0999', description: 'Something else' } });
  yield made;
  yield step('PATCH /cdt/codes/:id', { as: 'admin', params: { id: made.json.id }, body: { isActive: false } });
  const rule = step('POST /cdt/rules', {
    as: 'admin',
    body: { tier: 'mild', ageGroup: 'adult', codes: ['D8040'] },
  });
  yield rule;
  const params = { id: rule.json.id };
  yield step('PUT /cdt/rules/:id', { as: 'admin', params, body: { codes: ['D8090', 'D0350'] } });
  yield step('DELETE /cdt/rules/:id', { as: 'admin', params });
}

async function* documentUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  await live.meeting(clinic);
  const told = { patientId: clinic.patientId, age: 30, tier: 'mild', findings: ['Crowding'] };
  const as = 'doctor' as const;
  yield step('POST /documents/treatment-summary', { as, body: told });
  yield step('POST /documents/insurance-summary', { as, body: told });
  const made = step('POST /documents/progress-note', { as, body: told });
  yield made;
  const params = { id: made.json.id };
  const payload = { ...(made.json['payload'] as object), plan: 'Rest.' };
  yield step('PUT /documents/:id', { as, params, body: { version: 1, payload } });
  yield step('POST /documents/:id/confirm', { as, params, body: { version: 2 } });
  yield step('PUT /documents/:id', { as, params, body: { version: 2, payload: { ...payload, plan: 'More rest.' } } });
  yield step('POST /documents/:id/discard', { as, params, body: { version: 3 } });
  yield step('GET /documents/:id/pdf', { as, params });
  yield step('GET /documents/:id/versions', { as, params });
}

async function* trailUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const { patientId } = clinic;
  const step = stepsIn(live, clinic);
  yield step('GET /admin/audit', { as: 'admin', query: `?patientId=${patientId}&limit=5` });
  yield step('GET /admin/audit/export.csv', { as: 'admin' });
  yield step('GET /admin/audit/verify', { as: 'admin' });
  const login = { email: clinic.users.staff.email, password: testPassword, tenant: clinic.slug };
  const signedIn = step('POST /auth/login', { as: null, body: login });
  yield signedIn;
  const refreshed = step('POST /auth/refresh', { as: null, body: { refreshToken: signedIn.json['refreshToken'] } });
  yield refreshed;
  yield step('POST /auth/logout', { as: null, body: { refreshToken: refreshed.json['refreshToken'] } });
}

async function* appointmentUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const { serviceId, doctorId: practitionerId, patientId, patient2Id } = await makeBookable(clinic);
  const step = stepsIn(live, clinic);
  const ahead = (days: number) => timeAhead(live.clock.now(), days).toISOString();
  const visit = (startsAt: string) => ({ practitionerId, patientId, serviceId, modality: 'video', startsAt });
  const booked = step('POST /appointments', { as: 'patient', body: visit(ahead(3)) });
  yield booked;
  const params = { id: booked.json.id };
  yield step('POST /appointments/series', { as: 'staff', body: { ...visit(ahead(20)), count: 2 } });
  yield step('GET /appointments', { as: 'doctor' });
  yield step('GET /appointments/:id', { as: 'patient', params });
  yield step('GET /appointments/:id/timeline', { as: 'staff', params });
  yield step('GET /appointments/:id/calendar.ics', { as: 'patient', params });
  yield step('POST /appointments/:id/reschedule', { as: 'patient', params, body: { startsAt: ahead(4) } });
  const wish = { patientId: patient2Id, serviceId, from: ahead(0), to: ahead(9) };
  const waiting = step('POST /appointments/waitlist', { as: 'patient2', body: wish });
  yield waiting;
  yield step('GET /appointments/waitlist', { as: 'staff' });
  yield step('POST /appointments/:id/cancel', { as: 'patient', params, body: {} });
  yield step('POST /appointments/:id/decline', { as: 'patient2', params: { id: await offered(live, clinic) } });
  const again = await live.rest(clinic, 'staff', 'POST', '/appointments', visit(ahead(5)));
  await live.rest(clinic, 'staff', 'POST', `/appointments/${(again.json as Json).id}/cancel`, {});
  yield step('POST /appointments/:id/accept', { as: 'patient2', params: { id: await offered(live, clinic) } });
  const other = await live.rest(clinic, 'patient2', 'POST', '/appointments/waitlist', wish);
  yield step('POST /appointments/waitlist/:id/leave', { as: 'patient2', params: { id: (other.json as Json).id } });
  yield* attendUses(live, clinic, visit);
}

async function offered(live: LiveServer, clinic: TestTenant): Promise<string> {
  const { json } = await live.rest(clinic, 'staff', 'GET', '/appointments?status=pending');
  const [offer] = (json as { items: Json[] }).items;
  if (!offer) throw new Error('Nothing was offered.');
  return offer.id;
}

async function* attendUses(
  live: LiveServer,
  clinic: TestTenant,
  visit: (startsAt: string) => object,
): AsyncGenerator<Use> {
  const now = live.clock.now().getTime();
  const begun = async (minutesAgo: number) => {
    const body = { ...visit(new Date(now - minutesAgo * 60_000).toISOString()), modality: 'in_person' };
    const { json } = await live.rest(clinic, 'staff', 'POST', '/appointments', { ...body, overrideHours: true });
    return { id: (json as Json).id };
  };
  const params = await begun(5);
  yield new Step(live, clinic, 'POST /appointments/:id/arrive', { as: 'staff', params, body: {} });
  yield new Step(live, clinic, 'POST /appointments/:id/fulfil', { as: 'doctor', params, body: {} });
  const missed = { params: await begun(60), body: { side: 'patient' } };
  yield new Step(live, clinic, 'POST /appointments/:id/no-show', { as: 'doctor', ...missed });
}

async function* paymentUses(live: LiveServer, clinic: TestTenant, razorpay: RazorpayServer): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  const { items } = (await live.rest(clinic, 'staff', 'GET', '/appointments?status=booked')).json as { items: Json[] };
  const order = step('POST /payments/orders', { as: 'staff', body: { appointmentId: items[0]?.id } });
  yield order;
  const { checkout, payment } = order.json as Json & { checkout: { orderId: string }; payment: Json };
  const paid = razorpay.book.pay(checkout.orderId, 'capture');
  const signed = { razorpayOrderId: checkout.orderId, razorpayPaymentId: paid?.paymentId };
  yield step('POST /payments/verify', { as: 'staff', body: { ...signed, razorpaySignature: paid?.signature } });
  const params = { id: payment.id };
  yield step('GET /payments', { as: 'staff' });
  yield step('GET /payments/:id', { as: 'staff', params });
  yield step('GET /payments/:id/receipt.pdf', { as: 'staff', params });
  yield step('POST /payments/:id/refund', { as: 'staff', params, body: { amountMinor: 100 } });
  yield step('GET /payments/:id/events', { as: 'staff', params });
  yield step('GET /payments/export.csv', { as: 'staff' });
  yield step('POST /payments/reconciliations', { as: 'admin', body: { day: '2026-01-01' } });
  yield step('GET /payments/reconciliations', { as: 'admin' });
  const notice = razorpay.book.notices.at(-1);
  if (notice) {
    const send = (requestId: string) => razorpay.post(live, notice, { 'x-request-id': requestId });
    yield { route: 'POST /payments/webhook', send };
  }
}

async function* adminUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  const as = 'admin' as const;
  const role = step('POST /admin/roles', { as, body: { key: 'greeter', name: 'Greeter', scopes: ['slots:read'] } });
  yield role;
  yield step('DELETE /admin/roles/:id', { as, params: { id: role.json.id } });
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  yield step('POST /admin/api-keys', { as, body: { name: 'Voice', scopes: ['slots:read'], expiresAt } });
  const params = { id: clinic.users.lab.id };
  const identity = { issuer: portalOfUses, subject: 'somebody' };
  yield step('POST /admin/users/:id/external-identities', { as, params, body: identity });
}

async function* factorUses(live: LiveServer, clinic: TestTenant): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  const as = 'staff' as const;
  const begun = step('POST /auth/mfa/totp', { as, body: { password: testPassword } });
  yield begun;
  /** Each code is good once. */
  const code = () => {
    live.clock.forward(30);
    return totp(String(begun.json['secret']), live.clock.now());
  };
  yield step('POST /auth/mfa/totp/confirm', { as, body: { code: code() } });
  yield step('POST /auth/mfa/recovery-codes', { as, body: { code: code() } });
  yield step('DELETE /auth/mfa/totp', { as, body: { password: testPassword, code: code() } });
}

async function* mailUses(live: Mailing, clinic: TestTenant): AsyncGenerator<Use> {
  const step = stepsIn(live, clinic);
  const tenant = clinic.slug;
  const [early, late] = ['early@test.example', 'late@test.example'];
  const password = 'Seven-Green-Boats-7';
  yield step('POST /auth/register', { as: null, body: { tenant, email: early, password, displayName: 'New' } });
  yield step('POST /auth/resend-verification', { as: null, body: { tenant, email: early } });
  yield step('POST /auth/verify-email', { as: null, body: { token: tokenIn(await live.mailTo(early)) } });
  yield step('POST /auth/forgot-password', { as: null, body: { tenant, email: early } });
  const reset = { token: tokenIn(await live.mailTo(early)), newPassword: 'Eight-Blue-Kites-8' };
  yield step('POST /auth/reset-password', { as: null, body: reset });
  yield step('POST /auth/change-email', { as: 'patient2', body: { email: late, password: testPassword } });
  const change = { currentPassword: testPassword, newPassword: 'Nine-Red-Lanterns-9' };
  yield step('POST /auth/change-password', { as: 'patient2', body: change });
}

function stepsIn(live: LiveServer, clinic: TestTenant) {
  return (route: string, options: StepOptions) => new Step(live, clinic, route, options);
}
