/** What is kept about the people who receive care: what the other wings and the composition root may use of it. */
export { AuditSealer, auditRoutes, readHead, type VerifyOptions, verifyTrail } from './audit/index.ts';
export { createPatient, patientRoutes } from './patients/index.ts';
