/** One scripted consultation: the patient waits, the doctor starts, both talk, one may drop and return, the doctor ends. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import type { CallAnswer } from '../signaling/protocol/index.ts';
import { askForMedia } from './media.ts';
import type { Options } from './options.ts';
import { type Crew, type Person, rest } from './people.ts';
import { CallFailed, call, connect } from './socket.ts';
import type { Step, Tally } from './tally.ts';

export interface Script {
  options: Options;
  crew: Crew;
  tally: Tally;
  /** From 0 to 1. */
  random: () => number;
  /** Ends everything early. */
  signal: AbortSignal;
}

/** Never rejects: what goes wrong is counted. */
export async function consult(script: Script, index: number): Promise<void> {
  const { crew, tally } = script;
  const doctor = crew.doctors[index % crew.doctors.length];
  const patient = crew.patients[index % crew.patients.length];
  if (!doctor || !patient) return;
  tally.add('begun');
  tally.active += 1;
  const open: Socket[] = [];
  try {
    await play(script, doctor, patient, open);
    tally.add('finished');
  } catch {
    tally.add('broken');
  } finally {
    tally.active -= 1;
    for (const socket of open) socket.close();
  }
}

interface Seat {
  role: 'doctor' | 'patient';
  person: Person;
  socket: Socket;
}

interface Sitting {
  meetingId: string;
  seats: readonly [Seat, Seat];
  open: Socket[];
}

async function play(script: Script, doctor: Person, patient: Person, open: Socket[]): Promise<void> {
  const { options, crew, tally, random, signal } = script;
  const scheduledAt = new Date().toISOString();
  const body = { doctorId: doctor.id, patientId: patient.id, scheduledAt };
  const { id: meetingId } = await rest<{ id: string }>(options, 'POST', '/meetings', { token: crew.staffToken, body });
  await agree(options, patient, meetingId);
  const waiting = await arrive(options, patient, open);
  await timed(tally, 'wait', () => call(waiting, 'meeting:wait', { meetingId }));
  await pause(random() * 1_000, undefined, { signal });
  const desk = await arrive(options, doctor, open);
  const started = await timed(tally, 'start', () => call(desk, 'meeting:start', { meetingId }));
  await withMedia(script, desk, started);
  const joined = await timed(tally, 'join', () => call(waiting, 'meeting:join', { meetingId }));
  await withMedia(script, waiting, joined);
  const doctors: Seat = { role: 'doctor', person: doctor, socket: desk };
  const patients: Seat = { role: 'patient', person: patient, socket: waiting };
  await talk(script, { meetingId, seats: [doctors, patients], open });
  await timed(tally, 'end', () => call(doctors.socket, 'meeting:end', {}));
}

async function arrive(options: Options, { token }: Person, open: Socket[]): Promise<Socket> {
  const socket = await connect(options, token);
  open.push(socket);
  return socket;
}

/** Until its time is over: lines of chat, and perhaps a lost connection of each of the two. */
async function talk(script: Script, sitting: Sitting): Promise<void> {
  const { options, tally, random, signal } = script;
  const began = performance.now();
  const lengthMs = options.seconds * 1_000 * (0.5 + random());
  const dropsAt = new Map(
    sitting.seats.flatMap((seat) => (random() * 100 < options.drops ? [[seat, began + random() * lengthMs]] : [])),
  );
  while (performance.now() < began + lengthMs) {
    const stepMs = options.chat > 0 ? (60_000 / options.chat) * (0.5 + random()) : 1_000;
    await pause(Math.max(0, Math.min(stepMs, began + lengthMs - performance.now())), undefined, { signal });
    for (const [seat, at] of dropsAt) {
      if (performance.now() < at) continue;
      dropsAt.delete(seat);
      await dropAndReturn(script, seat, sitting);
    }
    if (options.chat === 0) continue;
    const { socket } = sitting.seats[random() < 0.5 ? 0 : 1];
    const line = { text: 'A line of a load test.', clientId: randomUUID() };
    await timed(tally, 'chat', () => call(socket, 'chat:send', line));
  }
}

/**
 * The patient's connection ends without a word and they come back over another. Where the clinic gives doctors no grace that
 * would end the meeting, so the doctor goes on with another device instead.
 */
async function dropAndReturn({ options, tally }: Script, seat: Seat, { meetingId, open }: Sitting): Promise<void> {
  const before = seat.socket;
  tally.add('dropped');
  const began = performance.now();
  if (seat.role === 'patient') before.io.engine.close();
  seat.socket = await arrive(options, seat.person, open);
  await call(seat.socket, 'meeting:join', { meetingId });
  before.close();
  tally.took('return', performance.now() - began);
  tally.add('returned');
}

async function withMedia(
  { options, tally }: Script,
  socket: Socket,
  joined: CallAnswer<'meeting:join'>,
): Promise<void> {
  if (options.media === 'none') return;
  await timed(tally, 'media', () => askForMedia((name, input) => call(socket, name, input), joined.media));
}

/** Where the clinic's rule wants an explicit consent, the patient gives it as the page does. */
async function agree(options: Options, { token }: Person, meetingId: string): Promise<void> {
  interface Sheet {
    consent: { isMissing: boolean; policyId: string; language: string };
  }
  const { consent } = await rest<Sheet>(options, 'GET', `/meetings/${meetingId}/sheet`, { token });
  const { isMissing, policyId, language } = consent;
  if (!isMissing) return;
  await rest(options, 'POST', `/meetings/${meetingId}/consent`, { token, body: { policyId, language } });
}

async function timed<T>(tally: Tally, step: Step, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  try {
    const answer = await work();
    tally.took(step, performance.now() - began);
    return answer;
  } catch (error) {
    tally.failed(step, error instanceof CallFailed ? error.code : 'no answer');
    throw error;
  }
}
