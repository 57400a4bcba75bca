export { portalRoutes } from './routes.ts';
export { acceptingPortals } from './verifier.ts';
