export { createPractitioner } from './create-practitioner.ts';
export { directoryRoutes } from './routes.ts';
