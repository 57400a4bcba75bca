export type { DocumentDeps } from './deps.ts';
export { listOwnDocuments } from './list.ts';
export { documentRoutes } from './routes.ts';
