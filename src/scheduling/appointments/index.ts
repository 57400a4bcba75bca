export { type AppointmentHandOver, handOverAppointment } from './hand-over.ts';
export { type AppointmentKeeper, createAppointmentKeeper } from './keeper.ts';
export type { AppointmentDeps, AppointmentMeetings, AppointmentPost } from './ports.ts';
export { appointmentRoutes } from './routes.ts';
export { type MeetingOutcome, settleMeeting } from './settle-meeting.ts';
