/** What a schedule is played on: the meeting's gate with its row and its facts, in memory or in PostgreSQL. */
import type { MeetingChanged, MeetingGate } from '../../../signaling/meeting-gate.ts';
import type { StoredMeeting } from '../../../src/meetings/step.ts';

export interface Backing {
  tenantId: string;
  doctorId: string;
  patientId: string;
  meetingId: string;
  gate: MeetingGate;
  forward(seconds: number): void;
  /** What the clock owes happens now. */
  settle(): Promise<void>;
  /** What has been committed since the last call, in order. */
  newFacts(): Promise<MeetingChanged[]>;
  /** The row as it is: the machine's state and how often it changed. */
  look(): Promise<{ stored: StoredMeeting; version: number }>;
}

/** Of the clinic, in seconds. */
export interface Windows {
  doctorGraceSeconds: number;
  reconnectWindowSeconds: number;
  recoveryWindowSeconds: number;
}
