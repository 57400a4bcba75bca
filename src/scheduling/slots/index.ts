export { type FreeTime, findFreeTime, findSlots, type WantedTime } from './find.ts';
export { slotRoutes } from './routes.ts';
