export { auditRoutes, readHead } from './routes.ts';
export { AuditSealer } from './sealer.ts';
export { type VerifyOptions, verifyTrail } from './verify.ts';
