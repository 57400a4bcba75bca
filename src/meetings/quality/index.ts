export { createQualityStore } from './keep.ts';
export { qualityRoutes } from './routes.ts';
