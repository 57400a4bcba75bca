export { type FreeTime, findSlots, type WantedTime } from './find.ts';
export { slotRoutes } from './routes.ts';
