/** When whom can be seen where: what the wings below and the composition root may use of it. */
export { schedulingRoutes } from './routes.ts';
export { type FreeTime, findFreeTime, type WantedTime } from './slots/index.ts';
