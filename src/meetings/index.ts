export { DeadlineKeeper } from './deadlines.ts';
export { createMeetingGate } from './gate.ts';
export type { MeetingDeps } from './transact.ts';
export { meetingChanged } from './write.ts';
