export { AtOnce } from './at-once.ts';
export { keyPurpose, linkPurpose, type UploadDeps } from './deps.ts';
export { openIncoming } from './incoming.ts';
export { UploadKeeper } from './keeper.ts';
export { PdfReader } from './pdf-reader.ts';
export { uploadRoutes } from './routes.ts';
export { treats } from './rows.ts';
