/** Guests: what meetings and the composition root may use of them. */
export {
  admitGuest,
  dropGuest,
  guestsInMeeting,
  joinAsGuest,
  lookAsGuest,
  loseGuestSeats,
  removeGuest,
  waitAsGuest,
} from './attend.ts';
export type { GuestDeps } from './deps.ts';
export { guestRoutes } from './routes.ts';
export { sayAsGuest } from './say.ts';
