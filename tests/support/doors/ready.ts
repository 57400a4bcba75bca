/** What some writes need before they can be carried out: a visit in another state, or what the checkout has signed. */
import type { Prisma } from '../../../src/platform/db/client.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { FullTenant } from '../every-row.ts';
import { call } from '../serve-app.ts';

/** Where the server is, and who asks it. */
export interface Asker {
  url: string;
  token: string;
}

/** By `METHOD path`; answers the body, or undefined where the description's own example is right. */
export const madeReady: Record<string, (tenant: FullTenant, asker: Asker) => Promise<unknown>> = {
  'POST /cdt/codes': async () => ({ code: 'D0999', description: 'Something else' }),
  'PUT /documents/:id': async () => ({ version: 2, payload: progressNote }),
  'POST /documents/:id/confirm': async () => ({ version: 2, payload: progressNote }),
  'POST /documents/:id/discard': async () => ({ version: 2 }),
  'PUT /meetings/:id/rating': endVisit,
  'PUT /meetings/:id/note': endVisit,
  'POST /meetings/:id/note/sign': endVisit,
  'POST /payments/sandbox/pay': async (tenant, asker) => ({
    razorpayOrderId: await newOrder(tenant, asker),
    outcome: 'capture',
  }),
  'POST /payments/verify': async (tenant, asker) => {
    const body = { razorpayOrderId: await newOrder(tenant, asker), outcome: 'capture' };
    return send(asker, '/payments/sandbox/pay', body);
  },
};

/** Of the form that every-row.ts writes. */
export const progressNote = {
  title: 'A note',
  subjective: 'Pain.',
  objective: 'Crowding.',
  assessment: 'Mild.',
  plan: 'Fit.',
};

export async function endVisit({ db, id: tenantId, meetingId }: FullTenant): Promise<undefined> {
  const [startedAt, endedAt] = [new Date(Date.now() - 600_000), new Date()];
  const ended = { status: 'ended', endReason: 'doctor_ended', durationSeconds: 600, nextDeadlineAt: null } as const;
  const where = { tenantId_id: { tenantId, id: meetingId } };
  await db.run(async (tx) => {
    const { snapshot } = await tx.meeting.findUniqueOrThrow({ where });
    const { context } = snapshot as { context: Record<string, Prisma.InputJsonValue> };
    const times = { startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() };
    // The columns and the machine's snapshot say one thing, or the next event of the meeting would break on it.
    const over = { value: 'ended', context: { ...context, ...times, endReason: ended.endReason } };
    await tx.meeting.update({ where, data: { ...ended, startedAt, endedAt, snapshot: over } });
  });
}

/** For a visit of its own: the one of every-row.ts is paid. */
async function newOrder({ db }: FullTenant, asker: Asker): Promise<string> {
  const appointmentId = newId();
  await db.run(async (tx) => {
    const visit = await tx.appointment.findFirstOrThrow();
    const later = { startsAt: new Date('2026-12-02T09:00:00Z'), endsAt: new Date('2026-12-02T09:15:00Z') };
    const busy = { busyFrom: later.startsAt, busyUntil: later.endsAt };
    await tx.appointment.create({ data: { ...visit, ...later, ...busy, id: appointmentId } });
  });
  const { checkout } = (await send(asker, '/payments/orders', { appointmentId })) as { checkout: { orderId: string } };
  return checkout.orderId;
}

async function send({ url, token }: Asker, path: string, body: unknown): Promise<unknown> {
  const answer = await call(`${url}/api/v1${path}`, 'POST', { token, body });
  if (answer.status >= 300) throw new Error(`${path} answered ${answer.status} ${answer.text}`);
  return answer.json;
}
