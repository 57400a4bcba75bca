/** What signaling asks of a patient's waiting. A part of the gate (meeting-gate.ts), on the same terms. */
import type { Actor } from '../src/platform/actor.ts';
import type { CallPayload, DoctorQueue, Meeting, WaitingLine, WaitingPlace, WaitingRead } from './protocol/index.ts';

/** Who is to hear of what was written. */
export interface Hearers {
  doctorId: string;
  patientId: string;
}

/** A doctor's queue, and each waiting patient's own place in it. */
export interface ToldQueue extends DoctorQueue {
  places: { meetingId: string; patientId: string; place: WaitingPlace }[];
}

export interface WaitingGate {
  /** Null when the clinic has no such doctor. */
  told(tenantId: string, doctorId: string): Promise<ToldQueue | null>;
  /** Of every doctor for whom somebody waits or who is in a consultation. */
  clinic(tenantId: string): Promise<DoctorQueue[]>;
  /** Gives the doctor whose queue is another by it, or null. */
  tellCheck(actor: Actor, told: CallPayload<'queue:tell-check'>): Promise<{ changed: string | null }>;
  say(actor: Actor, line: CallPayload<'queue:message'>): Promise<Hearers & { line: WaitingLine }>;
  lines(actor: Actor, meetingId: string): Promise<{ lines: WaitingLine[]; read: WaitingRead }>;
  read(actor: Actor, until: CallPayload<'queue:read'>): Promise<Hearers & { read: WaitingRead }>;
  move(actor: Actor, move: CallPayload<'queue:move'>): Promise<{ position: number; doctorId: string }>;
  handOver(actor: Actor, to: CallPayload<'queue:hand-over'>): Promise<Meeting>;
}
