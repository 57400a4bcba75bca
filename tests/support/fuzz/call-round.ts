/** One round: fresh meetings in every state, a socket in every state, and shots from all of them at once. */
import * as fc from 'fast-check';
import type { Meeting } from '../../../signaling/protocol/index.ts';
import { enterAs, inviteGuest } from '../guest.ts';
import { recordedAudio, recordedCapabilities, recordedDtls } from '../media-recorded.ts';
import type { TestPerson, TestTenant } from '../tenant.ts';
import { faultOfFact, faultOfOutcome } from './call-judge.ts';
import { type Heard, HostilePerson } from './call-people.ts';
import { type Aims, type CallShot, callShot } from './call-shots.ts';
import type { Target } from './target.ts';

export interface Tally {
  fired: number;
  /** Calls whose socket was closed before the answer: the seat went elsewhere. */
  gone: number;
  /** How often each code came, `ok` among them. */
  codes: Map<string, number>;
  /** How often each call was carried out. */
  carriedOut: Map<string, number>;
  faults: string[];
}

export function newTally(): Tally {
  return { fired: 0, gone: 0, codes: new Map(), carriedOut: new Map(), faults: [] };
}

const sound = { kind: 'audio', source: 'microphone', rtpParameters: recordedAudio() };

/** Only where media goes through the server. */
const throughTheServer = [
  'media:create-transport',
  'media:produce',
  'media:consume',
  'media:resume',
  'media:prefer-layer',
  'test:connect',
  'test:produce',
  'test:consume',
  'test:resume',
];
/** What every round begins with, so that it was carried out whatever the shots do. */
export const carriedOutBySetUp = [
  'meeting:start',
  'meeting:join',
  'meeting:wait',
  'meeting:leave',
  'meeting:end',
  'queue:watch-clinic',
  'queue:tell-check',
  'queue:message',
  'queue:read',
  'queue:move',
  'queue:hand-over',
  'guest:wait',
  'guest:admit',
  'guest:remove',
  ...throughTheServer,
];

interface Stage {
  /** With how many of the shots each of them fires, of all shares. */
  people: { person: HostilePerson; share: number }[];
  aims: Aims;
  /** Ids of the other tenant that nobody of the first may ever hear of, and the other way round. */
  foreign: { clinic: readonly string[]; other: readonly string[] };
}

/** Unanswered calls of one socket at a time: fewer than the gateway takes. */
const window = 8;

export async function playRound(target: Target, options: { seed: number; shots: number }, tally: Tally): Promise<void> {
  const stage = await setUp(target);
  const { people, aims } = stage;
  const whole = people.reduce((sum, { share }) => sum + share, 0);
  await Promise.all(
    people.map(async ({ person, share }, index) => {
      const numRuns = Math.ceil((options.shots * share) / whole);
      await fire(person, fc.sample(callShot(aims), { seed: options.seed + index, numRuns }), tally);
    }),
  );
  judgeFacts(stage, tally);
  for (const { person } of people) person.close();
}

async function setUp(target: Target): Promise<Stage> {
  const { clinic, other } = target;
  const active = await schedule(target, clinic, 'doctor', 'patient');
  const waiting = await schedule(target, clinic, 'doctor', 'patient2');
  const over = await schedule(target, clinic, 'doctor2', 'patient2');
  const strange = await schedule(target, other, 'doctor', 'patient');
  const enter = async (tenant: TestTenant, who: TestPerson, label: string) =>
    HostilePerson.connect(label, target.url, await tenant.token(who));

  const doctor = await enter(clinic, 'doctor', 'the doctor');
  await doctor.call('meeting:start', { meetingId: active });
  const patient = await enter(clinic, 'patient', 'the patient');
  await patient.call('meeting:join', { meetingId: active });
  const waiter = await enter(clinic, 'patient2', 'the waiting patient');
  await waiter.call('meeting:wait', { meetingId: waiting });
  const ended = await enter(clinic, 'doctor2', 'the doctor after the end');
  await ended.call('meeting:start', { meetingId: over });
  await ended.call('meeting:end', {});
  const otherDoctor = await enter(other, 'doctor', "the other clinic's doctor");
  await otherDoctor.call('meeting:start', { meetingId: strange });
  const otherPatient = await enter(other, 'patient', "the other clinic's patient");
  const tab = await enter(clinic, 'patient', "the patient's second tab");
  const staff = await enter(clinic, 'staff', 'staff');
  const admin = await enter(clinic, 'admin', 'the admin');
  const lab = await enter(clinic, 'lab', 'the lab');
  await passThrough(target, doctor, active);
  await useTheQueue(target, { waiter, staff }, waiting);
  if (target.isSfu) await sendAndReceive(doctor, patient);
  if (target.isSfu) await tryTheWay(waiter);
  return {
    people: [
      ...[doctor, patient].map((person) => ({ person, share: 8 })),
      ...[waiter, ended, otherDoctor, otherPatient, tab].map((person) => ({ person, share: 3 })),
      ...[staff, admin, lab].map((person) => ({ person, share: 1 })),
    ],
    aims: {
      meetings: [active, active.toUpperCase(), waiting, over, strange],
      people: [clinic.doctorId, clinic.patientId, clinic.patient2Id, other.doctorId, other.patientId],
      tokens: [await clinic.token('doctor'), await other.token('doctor'), 'eyJhbGciOiJub25lIn0.e30.', ''],
    },
    foreign: { clinic: [strange, other.doctorId, other.patientId], other: [active, waiting, over, clinic.patientId] },
  };
}

/** A guest comes, is let in and sent away again: nobody else has a place at the door. */
async function passThrough(target: Target, doctor: HostilePerson, meetingId: string): Promise<void> {
  const invite = await inviteGuest(target, target.clinic, meetingId);
  const { accessToken } = await enterAs(target, invite, 'A guest');
  const guest = await HostilePerson.connect('the guest', target.url, accessToken ?? '');
  await guest.call('guest:wait', {});
  await doctor.call('guest:admit', { guestId: invite.id });
  await doctor.call('guest:remove', { guestId: invite.id });
  guest.close();
}

/** Of the random calls, few are by the right person about a meeting that still waits. */
async function useTheQueue(
  { clinic }: Target,
  { waiter, staff }: Record<'waiter' | 'staff', HostilePerson>,
  meetingId: string,
): Promise<void> {
  await staff.call('queue:watch-clinic', {});
  await waiter.call('meeting:leave', {});
  await waiter.call('meeting:wait', { meetingId });
  await waiter.call('queue:tell-check', { meetingId, network: 'good' });
  await waiter.call('queue:message', { meetingId, text: 'Here', clientId: 'first' });
  await waiter.call('queue:read', { meetingId, lineId: meetingId });
  await staff.call('queue:move', { meetingId, position: 1, reason: 'Urgent' });
  for (const { practitionerId } of [clinic.users.doctor2, clinic.users.doctor])
    await staff.call('queue:hand-over', { meetingId, doctorId: practitionerId, reason: 'Too many' });
}

async function sendAndReceive(doctor: HostilePerson, patient: HostilePerson): Promise<void> {
  for (const person of [doctor, patient]) {
    await person.call('media:create-transport', { direction: 'send' });
    await person.call('media:create-transport', { direction: 'recv' });
    await person.call('media:produce', { ...sound, transportId: '@send' });
  }
  const consumed = { transportId: '@recv', producerId: '@other-producer', rtpCapabilities: recordedCapabilities };
  await doctor.given('@other-producer');
  await doctor.call('media:consume', consumed);
  await doctor.call('media:resume', { consumerId: '@consumer' });
  await doctor.call('media:prefer-layer', { consumerId: '@consumer', spatialLayer: 0 });
}

/** Each of these needs what the one before it gave, which a random order hardly ever keeps to. */
async function tryTheWay(person: HostilePerson): Promise<void> {
  await person.call('test:begin', {});
  await person.call('test:connect', { transportId: '@test-send', dtlsParameters: recordedDtls });
  const { kind, rtpParameters } = sound;
  await person.call('test:produce', { kind, rtpParameters, transportId: '@test-send' });
  const echoed = { transportId: '@test-recv', producerId: '@test-producer', rtpCapabilities: recordedCapabilities };
  await person.call('test:consume', echoed);
  await person.call('test:resume', { consumerId: '@test-consumer' });
}

async function schedule(target: Target, tenant: TestTenant, doctor: TestPerson, patient: TestPerson): Promise<string> {
  const answer = await target.rest(tenant, 'staff', 'POST', '/meetings', {
    doctorId: tenant.users[doctor].practitionerId,
    patientId: tenant.users[patient].patientId,
    scheduledAt: new Date().toISOString(),
  });
  if (answer.status !== 201) throw new Error(`The meeting was not made: ${answer.status} ${answer.text}`);
  return (answer.json as Meeting).id;
}

async function fire(person: HostilePerson, shots: readonly CallShot[], tally: Tally): Promise<void> {
  const rest = shots.values();
  const gun = async () => {
    for (const shot of rest) {
      await person.back();
      const outcome = await person.shoot(shot);
      tally.fired += 1;
      if (outcome === 'gone') tally.gone += 1;
      const fault = faultOfOutcome(shot.name, outcome);
      if (fault) tally.faults.push(`${person.name}: ${shot.name} ${fault} (${show(shot)})`);
      if (typeof outcome === 'string') continue;
      const code = outcome.ok ? 'ok' : outcome.error.code;
      tally.codes.set(code, (tally.codes.get(code) ?? 0) + 1);
      if (outcome.ok) tally.carriedOut.set(shot.name, (tally.carriedOut.get(shot.name) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: window }, gun));
}

function show({ args }: CallShot): string {
  return JSON.stringify(args).slice(0, 2_000);
}

function judgeFacts({ people, foreign }: Stage, tally: Tally): void {
  for (const { person } of people) {
    const strange = person.name.startsWith("the other clinic's") ? foreign.other : foreign.clinic;
    for (const heard of person.heard) {
      const fault = faultOfFact(heard);
      if (fault) tally.faults.push(`${person.name} ${fault}`);
      const text = JSON.stringify(heard.payload);
      if (strange.some((id) => text.includes(id)))
        tally.faults.push(`${person.name} heard of the other clinic: ${heard.fact}`);
    }
    const unheardOf = /^(staff|the admin|the lab)$/.test(person.name)
      ? person.heard.find((heard) => !isForTheDesk(person, heard))
      : undefined;
    if (unheardOf) tally.faults.push(`${person.name} has no part in any meeting and heard ${unheardOf.fact}`);
  }
}

/** What the front desk hears of its own clinic's queues while it was let watch them. */
const toldToTheDesk = new Set(['queue:updated', 'queue:messaged', 'queue:was-read']);

function isForTheDesk({ name }: HostilePerson, { fact, watching }: Heard): boolean {
  return name !== 'the lab' && watching.granted && toldToTheDesk.has(fact);
}
