/** A clinic that asks for payment first: nobody begins or comes in unpaid, and the door opens the moment it is paid. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { timeAhead } from '../support/bookable.ts';
import { orderIdOf, type Paying, type PayingDesk, startPaying } from '../support/paying.ts';

let paying: Paying;
beforeAll(async () => {
  paying = await startPaying();
});
afterAll(() => paying[Symbol.asyncDispose]());

const settings = { paymentBeforeJoin: true, earlyStartMinutes: 1_440 } as const;

async function begin(settingsOf: object = settings) {
  const desk = await paying.desk({ settings: settingsOf });
  const visit = await desk.book('patient', timeAhead(paying.live.clock.now(), 0, 4));
  if (visit.meetingId === null) throw new Error('It is no visit by video.');
  return { desk, visit, meeting: { meetingId: visit.meetingId } };
}

const payFor = async (desk: PayingDesk, appointmentId: string) => {
  const signed = desk.checkout(orderIdOf(await desk.order(appointmentId)));
  expect((await desk.verify(signed)).status).toBe(200);
};

it('keeps the doctor from starting an unpaid visit, and tells both when it is paid', async () => {
  const { desk, visit, meeting } = await begin();
  await using doctor = await paying.live.socket(desk.clinic, 'doctor');
  await using patient = await paying.live.socket(desk.clinic, 'patient');
  expect((await patient.call('meeting:wait', meeting)).position).toBe(1);
  expect(await doctor.refusal('meeting:start', meeting)).toBe('PAYMENT_REQUIRED');
  await payFor(desk, visit.id);
  expect(await patient.next('payment:changed')).toMatchObject({ ...meeting, status: 'paid' });
  expect(await doctor.next('payment:changed')).toMatchObject({ ...meeting, status: 'paid' });
  expect((await doctor.call('meeting:start', meeting)).meeting.status).toBe('active');
  expect((await patient.call('meeting:join', meeting)).meeting.status).toBe('active');
});

it('keeps a patient out who has what they paid back, but not one who was in', async () => {
  const { desk, visit, meeting } = await begin();
  await payFor(desk, visit.id);
  await using doctor = await paying.live.socket(desk.clinic, 'doctor');
  await doctor.call('meeting:start', meeting);
  const { items } = (await desk.call('staff', 'GET', `/payments?appointmentId=${visit.id}`)).json as {
    items: { id: string }[];
  };
  await desk.refund(items[0]?.id ?? '');
  await paying.live.server.settlePayments();
  await using patient = await paying.live.socket(desk.clinic, 'patient');
  expect(await patient.refusal('meeting:join', meeting)).toBe('PAYMENT_REQUIRED');
  await payFor(desk, visit.id);
  await patient.call('meeting:join', meeting);
  await using again = await paying.live.socket(desk.clinic, 'patient');
  expect((await again.call('meeting:join', meeting)).meeting.status).toBe('active');
});

it('asks nothing where the clinic does not, nor for a visit that costs nothing', async () => {
  const usual = await begin({ earlyStartMinutes: 1_440 });
  await using doctor = await paying.live.socket(usual.desk.clinic, 'doctor');
  expect((await doctor.call('meeting:start', usual.meeting)).meeting.status).toBe('active');
  const free = await begin();
  await paying.live.db.sql('update appointment set price_minor = 0 where id = $1', [free.visit.id]);
  await using other = await paying.live.socket(free.desk.clinic, 'doctor');
  expect((await other.call('meeting:start', free.meeting)).meeting.status).toBe('active');
});
