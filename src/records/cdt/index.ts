export { ageGroupOf } from './age-group.ts';
export { cdtRoutes } from './routes.ts';
export { type ChosenCode, chooseCodes } from './rules.ts';
