/**
 * The facts that meetings announce (outbox topic `meeting.changed`). Signaling owns the shapes, as it owns the port;
 * this is the only file under src/ that names them, and it names types alone.
 */
export type {
  Admission,
  Attendance,
  MeetingChanged,
  MeetingGate,
  RoomEffect,
  SeatRef,
} from '../../signaling/meeting-gate.ts';

/** The outbox topic of `MeetingChanged`; its key is the meeting's id. */
export const meetingChanged = 'meeting.changed';
