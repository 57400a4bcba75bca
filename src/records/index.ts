/** What is kept about the people who receive care: what the other wings and the composition root may use of it. */
export { AuditSealer, auditRoutes, readHead, type VerifyOptions, verifyTrail } from './audit/index.ts';
export { cdtRoutes } from './cdt/index.ts';
export { type ConsentRevoked, consentRevoked, consentRoutes, insertConsent, newConsent } from './consents/index.ts';
export {
  createDocumentAllowance,
  type DocumentDeps,
  documentRoutes,
  listOwnDocuments,
  noDocumentAllowance,
} from './documents/index.ts';
export { createPatient, patientRoutes } from './patients/index.ts';
export {
  AtOnce,
  keyPurpose,
  linkPurpose,
  openIncoming,
  PdfReader,
  type UploadDeps,
  UploadKeeper,
  uploadRoutes,
} from './uploads/index.ts';
