/** Meetings: what the other wings, the composition root and the demo clinic may use of them. */
export { createMeeting, type NewMeetingRow, newMeeting } from './create.ts';
export { createDeadlineKeeper, type DeadlineKeeper } from './deadlines.ts';
export { createMeetingGate } from './gate.ts';
export { guestRoutes } from './guests/index.ts';
export { withdrawConsent } from './law/consent.ts';
export type { ClinicRules } from './model.ts';
export { createAppointmentMeetings, outcomeOf } from './of-appointment.ts';
export { createQualityStore } from './quality/index.ts';
export { RecentMeetings } from './recent.ts';
export { type MeetingRouteDeps, meetingRoutes } from './routes.ts';
export type { MeetingDeps } from './transact.ts';
export { raiseAlarm } from './waiting/alarm.ts';
export { meetingChanged } from './write.ts';
