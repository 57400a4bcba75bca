/** Mail to the outside world. */
export { createSmtpSender, type SmtpConfig } from './smtp.ts';
export { readSmtpUrl } from './smtp-url.ts';
