export { createDocumentAllowance, noDocumentAllowance } from './allowance.ts';
export type { DocumentDeps } from './deps.ts';
export { listOwnDocuments } from './list.ts';
export { documentRoutes } from './routes.ts';
