export { type ConsentRevoked, consentRevoked, insertConsent, newConsent } from './keep.ts';
export { consentRoutes } from './routes.ts';
