/** Payments over REST, with a server that speaks Razorpay's protocol behind its own SDK. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import type { PaymentEvent, PaymentView, Reconciliation } from '../../src/payments/schema.ts';
import { orderIdOf, type Paying, type PayingDesk, type Signed, startPaying } from '../support/paying.ts';
import { razorpayKeys } from '../support/razorpay.ts';
import { event, orderEntity, paymentEntity, refundEntity } from '../support/razorpay-entities.ts';
import { type Answered, call } from '../support/serve-app.ts';
import { until } from '../support/until.ts';

let paying: Paying;
let desk: PayingDesk;
beforeAll(async () => {
  paying = await startPaying();
  desk = await paying.desk();
});
afterAll(() => paying[Symbol.asyncDispose]());

const settle = () => paying.live.server.settlePayments();
const codeOf = ({ json }: Answered) => (json as { code?: string }).code;
const viewOf = ({ json }: Answered) => json as PaymentView;

/** Tells of all that the provider has to say of a payment, and waits until it is worked on. */
async function tellAll(signed: Signed, kind = /./): Promise<number> {
  const about = paying.razorpay.book.notices.filter(
    ({ body }) => body.includes(signed.razorpayOrderId) && kind.test(body),
  );
  for (const notice of about) expect((await paying.razorpay.post(paying.live, notice)).status).toBe(200);
  await until('the notices are worked on', async () => {
    const rows = await paying.live.db.sql(`select 1 from outbox where topic = 'payment.noticed'`);
    return rows.length === 0;
  });
  return about.length;
}

describe('an order', () => {
  it('costs what the appointment costs, whatever the browser says, and is the same when asked again', async () => {
    const visit = await desk.visit();
    const first = await desk.order(visit.id);
    expect(first.checkout).toMatchObject({ provider: 'razorpay', amountMinor: 50_000, currency: 'INR' });
    expect(first.payment).toMatchObject({ status: 'pending', amountMinor: 50_000, appointmentId: visit.id });
    expect(paying.razorpay.book.order(orderIdOf(first))).toMatchObject({ amount: 50_000, receipt: first.payment.id });
    expect((await desk.order(visit.id)).checkout).toEqual(first.checkout);
    const cheap = await desk.call('patient', 'POST', '/payments/orders', { appointmentId: visit.id, amountMinor: 1 });
    expect(codeOf(cheap)).toBe('INVALID_INPUT');
  });

  it('is one payment, however many ask at once', async () => {
    const visit = await desk.visit();
    const orders = await Promise.all(Array.from({ length: 8 }, () => desk.order(visit.id)));
    expect(new Set(orders.map(({ payment }) => payment.id)).size).toBe(1);
    expect(new Set(orders.map(orderIdOf)).size).toBe(1);
  });

  it('is for nobody else, not for what was called off, and not for what costs nothing', async () => {
    const visit = await desk.visit();
    const other = await desk.call('patient2', 'POST', '/payments/orders', { appointmentId: visit.id });
    expect(codeOf(other)).toBe('NOT_FOUND');
    const stranger = await (await paying.desk()).call('admin', 'POST', '/payments/orders', { appointmentId: visit.id });
    expect(codeOf(stranger)).toBe('NOT_FOUND');
    await desk.act('patient', visit.id, 'cancel');
    expect(codeOf(await desk.call('patient', 'POST', '/payments/orders', { appointmentId: visit.id }))).toBe(
      'CONFLICT',
    );
    const free = await desk.visit();
    await paying.live.db.sql('update appointment set price_minor = 0 where id = $1', [free.id]);
    expect(codeOf(await desk.call('patient', 'POST', '/payments/orders', { appointmentId: free.id }))).toBe('CONFLICT');
  });

  it('is found again when the answer to its making was lost', async () => {
    const visit = await desk.visit();
    paying.razorpay.next(/^POST \/v1\/orders/, 'lost answer');
    const lost = await desk.call('patient', 'POST', '/payments/orders', { appointmentId: visit.id });
    expect([lost.status, codeOf(lost)]).toEqual([503, 'UNAVAILABLE']);
    const made = paying.razorpay.requests.filter((request) => request === 'POST /v1/orders').length;
    const order = await desk.order(visit.id);
    expect(paying.razorpay.requests.filter((request) => request === 'POST /v1/orders')).toHaveLength(made);
    expect(paying.razorpay.book.order(orderIdOf(order))?.receipt).toBe(order.payment.id);
  });

  it('is made in spite of being turned away for a while', async () => {
    const visit = await desk.visit();
    paying.razorpay.next(/^POST \/v1\/orders/, 'too many');
    expect((await desk.order(visit.id)).checkout).not.toBeNull();
  });
});

describe('a payment', () => {
  it('is credited by what the checkout signed, with a receipt', async () => {
    const { payment, signed } = await desk.paid();
    expect(payment).toMatchObject({ status: 'paid', razorpayPaymentId: signed.razorpayPaymentId, method: 'upi' });
    expect(payment.receiptNumber).toBeGreaterThan(0);
    const url = `${paying.live.url}/api/v1/payments/${payment.id}/receipt.pdf`;
    const pdf = await call(url, 'GET', { token: await desk.clinic.token('patient') });
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(pdf.text.slice(0, 5)).toBe('%PDF-');
    expect((await call(url, 'GET', { token: await desk.clinic.token('patient2') })).status).toBe(404);
  });

  it('that was only authorised is taken', async () => {
    const visit = await desk.visit();
    const signed = desk.checkout(orderIdOf(await desk.order(visit.id)), 'authorise');
    expect(viewOf(await desk.verify(signed)).status).toBe('paid');
  });

  it('is not credited for a signature that is another’s', async () => {
    const [a, b] = [await desk.visit(), await desk.visit()];
    const [first, second] = [orderIdOf(await desk.order(a.id)), orderIdOf(await desk.order(b.id))];
    const signed = desk.checkout(first);
    const swapped = await desk.verify({ ...signed, razorpayOrderId: second });
    expect([swapped.status, (swapped.json as { errors: { path: string }[] }).errors[0]?.path]).toEqual([
      422,
      'razorpaySignature',
    ]);
    expect(codeOf(await desk.verify(signed, 'patient2'))).toBe('NOT_FOUND');
  });

  it('is asked for again when the provider cannot be reached as it is verified', async () => {
    const visit = await desk.visit();
    const order = await desk.order(visit.id);
    const signed = desk.checkout(orderIdOf(order));
    paying.razorpay.next(/^GET \/v1\/payments\/pay_/, 'refused', 'down', 'nonsense');
    expect(codeOf(await desk.verify(signed))).toBe('UNAVAILABLE');
    await settle();
    expect((await desk.payment(order.payment.id)).status).toBe('paid');
  });

  it('is credited once by 100 successes at once, by verify and webhook mixed', async () => {
    const lastReceipt = async () => {
      const text = 'select last from receipt_counter where tenant_id = $1';
      const [row] = await paying.live.db.sql<{ last: number }>(text, [desk.clinic.id]);
      return row?.last ?? 0;
    };
    const before = await lastReceipt();
    await using patient = await paying.live.socket(desk.clinic, 'patient');
    const visit = await desk.visit();
    const order = await desk.order(visit.id);
    const signed = desk.checkout(orderIdOf(order));
    const notices = paying.razorpay.book.notices.filter(({ body }) => body.includes(signed.razorpayOrderId));
    expect(notices.length).toBe(3);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const notice = notices[index % 3];
        return index % 2 === 0 || !notice ? desk.verify(signed) : paying.razorpay.post(paying.live, notice);
      }),
    );
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    await tellAll(signed);
    const { id } = order.payment;
    // Of this visit: what an earlier one of the same patient's told may come late.
    const heard = patient.heard('payment:changed').filter(({ meetingId }) => meetingId === visit.meetingId);
    expect(heard.filter(({ status }) => status === 'paid')).toHaveLength(1);
    expect(await lastReceipt()).toBe(before + 1);
    expect(await paying.live.db.sql('select 1 from payment_notice where payment_id = $1', [id])).toHaveLength(3);
    expect(await paying.live.db.sql('select 1 from payment_refund where payment_id = $1', [id])).toHaveLength(0);
    expect((await desk.payment(id)).status).toBe('paid');
  }, 180_000);
});

describe('receipts', () => {
  it('are numbered without gaps however many are given at once, and those that fail leave none', async () => {
    const own = await paying.desk();
    const visits = await Promise.all(Array.from({ length: 12 }, () => own.visit()));
    const signed: Signed[] = [];
    for (const visit of visits) signed.push(own.checkout(orderIdOf(await own.order(visit.id))));
    const bad = { ...(signed[0] as Signed), razorpaySignature: '0'.repeat(64) };
    const answers = await Promise.all([...signed, ...signed, bad].map((one) => own.verify(one)));
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(1);
    const numbers = answers.flatMap((answer) => viewOf(answer).receiptNumber ?? []);
    expect([...new Set(numbers)].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
  });
});

const post = (body: unknown, headers: Record<string, string>) =>
  call(`${paying.live.url}/api/v1/payments/webhook`, 'POST', { body, headers });

describe('webhooks', () => {
  it('are refused without the provider’s signature, or with one over other bytes', async () => {
    const visit = await desk.visit();
    desk.checkout(orderIdOf(await desk.order(visit.id)));
    const notice = paying.razorpay.book.notices.at(-1);
    if (!notice) throw new Error('Nothing was told.');
    const good = { 'x-razorpay-event-id': 'evt_forged', 'x-razorpay-signature': notice.signature };
    expect((await post(JSON.parse(notice.body), {})).status).toBe(401);
    const forged = { ...(JSON.parse(notice.body) as object), event: 'payment.failed' };
    expect((await post(forged, good)).status).toBe(401);
  });

  it('credit a payment that no browser told of, in whatever order they come, each once', async () => {
    const visit = await desk.visit();
    const order = await desk.order(visit.id);
    const signed = desk.checkout(orderIdOf(order));
    const notices = paying.razorpay.book.notices.filter(({ body }) => body.includes(signed.razorpayOrderId));
    const answers: unknown[] = [];
    for (const notice of [...notices.toReversed(), ...notices]) {
      answers.push((await paying.razorpay.post(paying.live, notice)).json);
    }
    expect(answers).toEqual(['kept', 'kept', 'kept', 'known', 'known', 'known'].map((status) => ({ status })));
    await until('it is credited', async () => (await desk.payment(order.payment.id)).status === 'paid');
  });

  it('as the reference writes them credit and give back, and leave nothing of a person here', async () => {
    const visit = await desk.visit();
    const order = await desk.order(visit.id);
    const paid = { ...paymentEntity, id: `pay_${crypto.randomUUID().slice(0, 14)}`, order_id: orderIdOf(order) };
    const tell = async (body: object) => {
      const text = JSON.stringify(body);
      const signature = createHmac('sha256', razorpayKeys.webhookSecret).update(text).digest('hex');
      const headers = { 'x-razorpay-event-id': `evt_${crypto.randomUUID()}`, 'x-razorpay-signature': signature };
      expect((await post(body, headers)).json).toEqual({ status: 'kept' });
    };
    await tell(event('payment.authorized', { payment: { ...paid, status: 'authorized', captured: false } }));
    await tell(event('order.paid', { payment: paid, order: { ...orderEntity, id: paid.order_id, status: 'paid' } }));
    const back = {
      ...refundEntity,
      id: `rfnd_${crypto.randomUUID().slice(0, 14)}`,
      payment_id: paid.id,
      receipt: null,
    };
    const rest = { ...paid, amount_refunded: 20_000, refund_status: 'partial' };
    await tell(event('refund.processed', { refund: back, payment: rest }));
    await until('all of it is worked on', async () => {
      return (await desk.payment(order.payment.id)).status === 'partly_refunded';
    });
    const kept = await paying.live.db.sql('select facts from payment_notice where payment_id = $1', [order.payment.id]);
    expect(kept).toHaveLength(3);
    expect(JSON.stringify(kept)).not.toMatch(/gaurav|exampleupi|9190000|3335|Visa|Consultation/i);
  });

  it('that tell of a refund before the payment lead to both', async () => {
    const visit = await desk.visit();
    const order = await desk.order(visit.id);
    const signed = desk.checkout(orderIdOf(order));
    const dashboard = { amount: 20_000 };
    const at = `/v1/payments/${signed.razorpayPaymentId}/refund`;
    expect(paying.razorpay.book.answer('POST', at, dashboard).status).toBe(200);
    await tellAll(signed, /refund\.processed/);
    await settle();
    expect(await desk.payment(order.payment.id)).toMatchObject({ status: 'partly_refunded', refundedMinor: 20_000 });
  });

  it('of kinds that nobody knows are kept, and of orders that are not ours acknowledged', async () => {
    const { payment, signed } = await desk.paid();
    const { sign } = await import('../../src/adapters/pay/signature.ts');
    const send = (body: unknown) =>
      post(body, {
        'x-razorpay-event-id': `evt_${crypto.randomUUID()}`,
        'x-razorpay-signature': sign(JSON.stringify(body), razorpayKeys.webhookSecret),
      });
    const entity = {
      id: signed.razorpayPaymentId,
      order_id: signed.razorpayOrderId,
      status: 'captured',
      amount: 50_000,
    };
    const dispute = {
      event: 'payment.dispute.created',
      payload: { payment: { entity: { ...entity, currency: 'INR', email: 'who@example.org' } } },
    };
    expect((await send(dispute)).json).toEqual({ status: 'kept' });
    const [kept] = await paying.live.db.sql<{ type: string; facts: unknown }>(
      `select type, facts from payment_notice where payment_id = $1 and type like '%dispute%'`,
      [payment.id],
    );
    expect(kept?.type).toBe('payment.dispute.created');
    expect(JSON.stringify(kept?.facts)).not.toContain('who@example.org');
    for (const body of [
      { event: 'order.paid', payload: { order: { entity: { id: 'order_of_others' } } } },
      { event: 'x' },
    ]) {
      expect((await send(body)).json).toEqual({ status: 'ignored' });
    }
  });
});

describe('a second payment of one order', () => {
  it('goes back, whole and once', async () => {
    const visit = await desk.visit();
    const order = await desk.order(visit.id);
    // Two attempts that the bank let through, before either was taken.
    const [first, second] = [
      desk.checkout(orderIdOf(order), 'authorise'),
      desk.checkout(orderIdOf(order), 'authorise'),
    ];
    for (const one of [first, second]) expect((await desk.verify(one)).status).toBe(200);
    await settle();
    await tellAll(second);
    await settle();
    const payment = await desk.payment(order.payment.id);
    expect(payment).toMatchObject({ status: 'paid', refundedMinor: 0, razorpayPaymentId: first.razorpayPaymentId });
    expect(payment.refunds).toMatchObject([{ reason: 'duplicate', status: 'processed', amountMinor: 50_000 }]);
  });
});

describe('refunds', () => {
  it('go back in part and then whole, and no further', async () => {
    const { payment } = await desk.paid();
    expect((await desk.refund(payment.id, 20_000)).status).toBe(200);
    await settle();
    expect(await desk.payment(payment.id)).toMatchObject({ status: 'partly_refunded', refundedMinor: 20_000 });
    const much = await desk.refund(payment.id, 30_001);
    expect((much.json as { errors: unknown[] }).errors).toEqual([
      { path: 'amountMinor', message: 'Is more than what is left' },
    ]);
    await desk.refund(payment.id);
    await settle();
    expect(await desk.payment(payment.id)).toMatchObject({ status: 'refunded', refundedMinor: 50_000 });
    expect(codeOf(await desk.refund(payment.id, 1))).toBe('CONFLICT');
  });

  it('asked for twice at once are one', async () => {
    const { payment, signed } = await desk.paid();
    const answers = await Promise.all(Array.from({ length: 6 }, () => desk.refund(payment.id)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
    await Promise.all([settle(), settle()]);
    const at = `POST /v1/payments/${signed.razorpayPaymentId}/refund`;
    expect(paying.razorpay.requests.filter((request) => request === at)).toHaveLength(1);
    expect(await desk.payment(payment.id)).toMatchObject({ status: 'refunded' });
  });

  it('are made once although the answer was lost', async () => {
    const { payment } = await desk.paid();
    await desk.refund(payment.id, 10_000);
    paying.razorpay.next(/refund$/, 'lost answer');
    await settle();
    expect((await desk.payment(payment.id)).refundedMinor).toBe(0);
    await paying.live.db.sql('update payment_refund set next_look_at = now() where payment_id = $1', [payment.id]);
    await until('it is tried again', async () => {
      await settle();
      return (await desk.payment(payment.id)).refundedMinor === 10_000;
    });
    expect(
      paying.razorpay.book.answer('GET', `/v1/payments/${payment.razorpayPaymentId}`, undefined).body,
    ).toMatchObject({ amount_refunded: 10_000 });
  });

  test.each([
    ['who calls off in time gets all of it', { by: 'patient', late: false }, 50_000],
    ['who calls off late gets what the clinic says', { by: 'patient', late: true }, 20_000],
    ['whom the clinic calls off gets all of it', { by: 'staff', late: true }, 50_000],
  ] as const)('%s', async (_what, { by, late }, refundedMinor) => {
    const own = await paying.desk({ settings: { lateCancelRefundPercent: 40, cancelFreeHours: late ? 336 : 2 } });
    const { visit, payment } = await own.paid();
    await own.act(by, visit.id, 'cancel');
    await settle();
    await settle();
    expect(await own.payment(payment.id)).toMatchObject({ refundedMinor });
  });

  it('are the desk’s alone', async () => {
    const { payment } = await desk.paid();
    expect((await desk.call('patient', 'POST', `/payments/${payment.id}/refund`, {})).status).toBe(403);
  });
});

describe('lists', () => {
  it('show patients the own payments and the desk all, by state and page', async () => {
    const own = await paying.desk();
    const made = [await own.paid(), await own.paid(), await own.paid()];
    await own.refund(made[1]?.payment.id ?? '');
    await settle();
    const ask = async (person: 'patient' | 'patient2' | 'staff' | 'lab', query = '') => {
      const { status, json } = await own.call(person, 'GET', `/payments${query}`);
      return { status, ...(json as { items?: PaymentView[]; nextCursor?: string | null }) };
    };
    expect((await ask('patient')).items).toHaveLength(3);
    expect((await ask('patient2')).items).toEqual([]);
    expect((await ask('staff', '?status=refunded')).items?.map(({ id }) => id)).toEqual([made[1]?.payment.id]);
    expect((await ask('lab')).status).toBe(403);
    const first = await ask('staff', '?limit=2');
    const second = await ask('staff', `?limit=2&cursor=${first.nextCursor}`);
    expect([...(first.items ?? []), ...(second.items ?? [])].map(({ id }) => id)).toEqual(
      made.map(({ payment }) => payment.id).toReversed(),
    );
    expect(second.nextCursor).toBeNull();
  });
});

describe('the books', () => {
  it('say step by step what became of a payment, to the desk alone', async () => {
    const own = await paying.desk();
    const { payment } = await own.paid();
    const note = 'The doctor was called away.';
    await own.call('staff', 'POST', `/payments/${payment.id}/refund`, { amountMinor: 100, note });
    await settle();
    const path = `/payments/${payment.id}/events`;
    const { items } = (await own.call('staff', 'GET', path)).json as { items: PaymentEvent[] };
    expect(items.map(({ kind }) => kind)).toEqual(['asked', 'paid', 'refund_asked', 'refund_done']);
    expect(items[2]).toMatchObject({ by: own.clinic.users.staff.displayName, note, amountMinor: 100 });
    expect((await own.call('patient', 'GET', path)).status).toBe(403);
    expect(JSON.stringify((await own.call('patient', 'GET', `/payments/${payment.id}`)).json)).not.toContain(note);
  });

  it('are filtered by amount, and leave as CSV with the same filters', async () => {
    const own = await paying.desk();
    const made = [await own.paid(), await own.paid()];
    const [first] = made;
    await paying.live.db.sql('update payment set amount_minor = 70000 where id = $1', [first?.payment.id]);
    const ids = async (query: string) => {
      const { json } = await own.call('staff', 'GET', `/payments?${query}`);
      return (json as { items: PaymentView[] }).items.map(({ id }) => id);
    };
    expect(await ids('minMinor=60000')).toEqual([first?.payment.id]);
    expect(await ids('maxMinor=60000')).toEqual([made[1]?.payment.id]);
    const csv = await own.call('staff', 'GET', '/payments/export.csv?minMinor=60000');
    const [head, row, end] = csv.text.split('\n');
    expect(head).toMatch(/^id,status,createdAt,/);
    expect(row).toContain(`${first?.payment.id},paid,`);
    expect(end).toBe('');
    expect((await own.call('patient', 'GET', '/payments/export.csv')).status).toBe(403);
  });

  it('begin with what holds for all: the provider and the clinic’s rules', async () => {
    const own = await paying.desk({ settings: { paymentBeforeJoin: true, lateCancelRefundPercent: 25 } });
    const { json } = await own.call('patient', 'GET', '/payments/terms');
    expect(json).toEqual({ provider: 'razorpay', paymentBeforeJoin: true, lateCancelRefundPercent: 25 });
  });
});

describe('the comparison of a day', () => {
  it('finds nothing where all is well, and what differs where it is not', async () => {
    const own = await paying.desk();
    const [well, amount, back] = [await own.paid(), await own.paid(), await own.paid()];
    const lost = own.checkout(orderIdOf(await own.order((await own.visit()).id)));
    const at = `/v1/payments/${back.signed.razorpayPaymentId}/refund`;
    paying.razorpay.book.answer('POST', at, { amount: 100 });
    await paying.live.db.sql('update payment set amount_minor = amount_minor + 1 where id = $1', [amount.payment.id]);
    // What the provider forgot.
    await paying.live.db.sql(
      `update payment set provider_payment_id = 'pay_gone', provider_order_id = 'order_gone' where id = $1`,
      [well.payment.id],
    );
    const day = new Date().toISOString().slice(0, 10);
    const early = await own.call('admin', 'POST', '/payments/reconciliations', { day });
    expect((early.json as { errors: { path: string }[] }).errors[0]?.path).toBe('day');
    paying.live.clock.forward(86_400);
    const { json } = await own.call('admin', 'POST', '/payments/reconciliations', { day });
    const { differences } = json as Reconciliation;
    const brief = differences.map(({ kind, razorpayPaymentId }) => `${kind} ${razorpayPaymentId}`);
    expect(brief.toSorted()).toEqual(
      [
        `amount ${amount.signed.razorpayPaymentId}`,
        `refunds ${back.signed.razorpayPaymentId}`,
        `status ${lost.razorpayPaymentId}`,
        `unknown_here ${well.signed.razorpayPaymentId}`,
        'unknown_there pay_gone',
      ].toSorted(),
    );
    const { json: kept } = await own.call('admin', 'GET', '/payments/reconciliations');
    expect((kept as { items: unknown[] }).items).toHaveLength(1);
    expect((await own.call('staff', 'GET', '/payments/reconciliations')).status).toBe(403);
  });

  it('shows the webhooks about no order of ours, kept once for the clinic that their notes name', async () => {
    const own = await paying.desk();
    const { sign } = await import('../../src/adapters/pay/signature.ts');
    const notes = { housecall_tenant: own.clinic.id };
    const entity = { id: 'pay_stray', order_id: 'order_lost', status: 'captured', amount: 700, currency: 'INR', notes };
    const body = { event: 'payment.captured', payload: { payment: { entity } } };
    const headers = {
      'x-razorpay-event-id': `evt_${crypto.randomUUID()}`,
      'x-razorpay-signature': sign(JSON.stringify(body), razorpayKeys.webhookSecret),
    };
    expect((await post(body, headers)).json).toEqual({ status: 'kept' });
    expect((await post(body, headers)).json).toEqual({ status: 'known' });
    const { clock } = paying.live;
    const day = clock.now().toISOString().slice(0, 10);
    clock.forward(86_400);
    const { json } = await own.call('admin', 'POST', '/payments/reconciliations', { day });
    const stray = { type: 'payment.captured', razorpayPaymentId: 'pay_stray', amountMinor: 700, currency: 'INR' };
    expect((json as Reconciliation).strays).toEqual([{ ...stray, at: expect.any(String) }]);
    const list = await own.call('admin', 'GET', '/payments/reconciliations');
    expect((list.json as { items: Reconciliation[] }).items[0]?.strays).toHaveLength(1);
  });
});

describe('the page for paying', () => {
  it('alone may load the provider’s script, style its window and open a bank’s', async () => {
    const headersOf = async (path: string) => {
      const { headers } = await call(`${paying.live.url}${path}`, 'GET', { headers: { accept: 'text/html' } });
      return {
        policy: headers.get('content-security-policy') ?? '',
        opener: headers.get('cross-origin-opener-policy'),
      };
    };
    const pay = await headersOf('/pay/0');
    expect(pay.opener).toBe('same-origin-allow-popups');
    const directives = new Set(pay.policy.split(';'));
    for (const wanted of [
      "script-src 'self' https://checkout.razorpay.com https://cdn.razorpay.com",
      "style-src 'self' 'unsafe-inline'",
      "script-src-attr 'none'",
      'frame-src https://api.razorpay.com https://checkout.razorpay.com',
    ]) {
      expect(directives).toContain(wanted);
    }
    for (const path of ['/', '/visits', '/payments', '/pay', '/billing']) {
      const { policy, opener } = await headersOf(path);
      expect({ path, wide: /razorpay|unsafe/.test(policy), opener }).toEqual({
        path,
        wide: false,
        opener: 'same-origin',
      });
    }
  });
});
