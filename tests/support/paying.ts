/** A clinic whose visits are paid through a Razorpay of the test's own. */

import type { PaymentOrder, PaymentView } from '../../src/payments/schema.ts';
import type { Appointment } from '../../src/scheduling/appointments/schema.ts';
import { type Desk, openAppointmentDesk, timeAhead } from './bookable.ts';
import { type LiveServer, startLive } from './live.ts';
import { type RazorpayServer, startRazorpay } from './razorpay.ts';
import type { Answered } from './serve-app.ts';
import type { TestPerson } from './tenant.ts';

export interface Paying extends AsyncDisposable {
  live: LiveServer;
  razorpay: RazorpayServer;
  desk(tenant?: Parameters<LiveServer['tenant']>[0]): Promise<PayingDesk>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface PayingDesk extends Desk {
  /** A visit of the patient's, an own half hour for each. */
  visit(changes?: object): Promise<Appointment>;
  order(appointmentId: string, person?: TestPerson): Promise<PaymentOrder>;
  /** What the checkout gives the browser. */
  checkout(orderId: string, outcome?: 'capture' | 'authorise'): Signed;
  verify(signed: Signed, person?: TestPerson): Promise<Answered>;
  /** A visit that is booked and paid. */
  paid(changes?: object): Promise<{ visit: Appointment; payment: PaymentView; signed: Signed }>;
  payment(id: string): Promise<PaymentView>;
  refund(id: string, amountMinor?: number): Promise<Answered>;
}

export interface Signed {
  razorpayOrderId: string;
  razorpayPaymentId: string;
  razorpaySignature: string;
}

/** Without the worker's own pace: `live.server.settlePayments()` does what is due. */
export async function startPaying(env: Record<string, string> = {}): Promise<Paying> {
  const razorpay = await startRazorpay();
  const live = await startLive({ env: { ROLES: 'api,signaling', ...razorpay.env, ...env } });
  return {
    live,
    razorpay,
    desk: (tenant) => openPayingDesk(live, razorpay, tenant),
    async [Symbol.asyncDispose]() {
      await live[Symbol.asyncDispose]();
      await razorpay[Symbol.asyncDispose]();
    },
  };
}

async function openPayingDesk(
  live: LiveServer,
  razorpay: RazorpayServer,
  tenant?: Parameters<LiveServer['tenant']>[0],
): Promise<PayingDesk> {
  const desk = await openAppointmentDesk(live, { ...(tenant && { tenant }) });
  let halves = 0;
  const good = (answer: Answered): unknown => {
    if (answer.status >= 300) throw new Error(`It was refused: ${answer.status} ${answer.text}`);
    return answer.json;
  };
  const visit: PayingDesk['visit'] = (changes) =>
    desk.book('patient', timeAhead(live.clock.now(), 3, (halves += 1)), changes);
  const order: PayingDesk['order'] = async (appointmentId, person = 'patient') =>
    good(await desk.call(person, 'POST', '/payments/orders', { appointmentId })) as PaymentOrder;
  const checkout: PayingDesk['checkout'] = (razorpayOrderId, outcome = 'capture') => {
    const done = razorpay.book.pay(razorpayOrderId, outcome);
    if (!done) throw new Error('The order cannot be paid.');
    return { razorpayOrderId, razorpayPaymentId: done.paymentId, razorpaySignature: done.signature };
  };
  const verify: PayingDesk['verify'] = (signed, person = 'patient') =>
    desk.call(person, 'POST', '/payments/verify', signed);
  return {
    ...desk,
    visit,
    order,
    checkout,
    verify,
    paid: async (changes) => {
      const booked = await visit(changes);
      const signed = checkout(orderIdOf(await order(booked.id)));
      return { visit: booked, payment: good(await verify(signed)) as PaymentView, signed };
    },
    payment: async (id) => good(await desk.call('admin', 'GET', `/payments/${id}`)) as PaymentView,
    refund: (id, amountMinor) =>
      desk.call('staff', 'POST', `/payments/${id}/refund`, amountMinor === undefined ? {} : { amountMinor }),
  };
}

export function orderIdOf({ checkout }: PaymentOrder): string {
  if (!checkout) throw new Error('There is nothing to pay.');
  return checkout.orderId;
}
