/** People behind a balancer: by WebSocket or by long polling, with the balancer's cookie as a browser has it, or without. */
import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { call } from '../../load/socket.ts';
import { reconnectDelay } from '../../web/src/call/connection/backoff.ts';
import type { Couple } from '../clinic.ts';

export const kinds = {
  'WebSocket, no cookie': { transport: 'websocket', sticks: false },
  'WebSocket, cookie': { transport: 'websocket', sticks: true },
  'long polling, cookie': { transport: 'polling', sticks: true },
  'long polling, no cookie': { transport: 'polling', sticks: false },
} as const;
export type Kind = keyof typeof kinds;

export interface Seat {
  kind: Kind;
  url: string;
  token: string;
  meetingId: string;
  /** What the balancer has set. */
  cookie: string | undefined;
  socket: Socket;
}

export interface Sitting {
  meetingId: string;
  doctor: Seat;
  patient: Seat;
}

const patienceMs = 10_000;
const returnMs = 60_000;

/** From the patient's wait to a line of chat that the patient reads. Rejects when any of it fails, and leaves nobody connected. */
export async function begin(url: string, kind: Kind, couple: Couple, meetingId: string): Promise<Sitting> {
  const open: Socket[] = [];
  const seat = async (token: string): Promise<Seat> => {
    const cookie = kinds[kind].sticks ? await cookieOf(url) : undefined;
    const way = { kind, url, token, meetingId, cookie };
    const socket = await connect(way);
    open.push(socket);
    return { ...way, socket };
  };
  try {
    const patient = await seat(couple.patientToken);
    await call(patient.socket, 'meeting:wait', { meetingId });
    const doctor = await seat(couple.doctorToken);
    await call(doctor.socket, 'meeting:start', { meetingId });
    await call(patient.socket, 'meeting:join', { meetingId });
    const sitting = { meetingId, doctor, patient };
    await write(sitting);
    return sitting;
  } catch (error) {
    for (const socket of open) socket.close();
    throw error;
  }
}

/** A line of the doctor's that the patient reads. */
export async function write({ doctor, patient }: Sitting): Promise<void> {
  const clientId = crypto.randomUUID();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error('A line did not arrive.')), patienceMs);
  const read = (line: { clientId: string }) => void (line.clientId === clientId && resolve());
  patient.socket.on('chat:sent', read);
  try {
    await call(doctor.socket, 'chat:send', { text: 'A line of a measurement.', clientId });
    await promise;
  } finally {
    clearTimeout(timer);
    patient.socket.off('chat:sent', read);
  }
}

export async function end({ doctor, patient }: Sitting): Promise<void> {
  await call(doctor.socket, 'meeting:end', {});
  for (const { socket } of [doctor, patient]) socket.close();
}

/** Resolves when the server says that it stops, or the connection is lost. */
export function losesSeat({ socket }: Seat): Promise<void> {
  return new Promise((resolve) => {
    socket.once('server:draining', resolve);
    socket.once('disconnect', (why) => {
      // Who leaves by themself does not come back.
      if (why !== 'io client disconnect') resolve();
    });
  });
}

/**
 * Resolves with the seat over another connection. As the web client does it: the old connection serves until the new one is up,
 * and pauses grow and differ.
 */
export async function comeBack(seat: Seat): Promise<void> {
  const old = seat.socket;
  const signal = AbortSignal.timeout(returnMs);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const socket = await connect(seat);
      await call(socket, 'meeting:join', { meetingId: seat.meetingId }).catch((error: unknown) => {
        socket.close();
        throw error;
      });
      old.close();
      seat.socket = socket;
      return;
    } catch (error) {
      if (signal.aborted) throw error;
      await pause(reconnectDelay(attempt));
    }
  }
}

function connect({ kind, url, token, cookie }: Omit<Seat, 'socket'>): Promise<Socket> {
  const socket = io(url, {
    auth: { token },
    transports: [kinds[kind].transport],
    reconnection: false,
    forceNew: true,
    // A balancer that leads elsewhere says so by a new cookie, which long polling in Node keeps by this alone.
    withCredentials: cookie !== undefined,
    extraHeaders: cookie === undefined ? {} : { cookie },
  });
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.close();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error('Nobody let us in.')), patienceMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('connect_error', fail);
  });
}

/** The one that leads back to where this question was answered. */
async function cookieOf(url: string): Promise<string> {
  const answer = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
  const [cookie] = answer.headers.getSetCookie();
  if (!answer.ok || cookie === undefined) throw new Error(`The balancer sets no cookie: ${answer.status}.`);
  return cookie.split(';')[0] ?? '';
}
