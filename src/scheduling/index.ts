/** When whom can be seen where: what the wings below and the composition root may use of it. */
export {
  type AppointmentDeps,
  type AppointmentKeeper,
  type AppointmentMeetings,
  type AppointmentPost,
  appointmentRoutes,
  createAppointmentKeeper,
  handOverAppointment,
  type MeetingOutcome,
  settleMeeting,
} from './appointments/index.ts';
export { schedulingRoutes } from './routes.ts';
