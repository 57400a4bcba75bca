/** Reading SMTP_URL. */
import { isIP } from 'node:net';

export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte (RFC 8314). */
  secure: boolean;
  /** No mail and no password goes before STARTTLS (RFC 3207). */
  requireTLS: boolean;
  auth?: { user: string; pass: string };
}

/**
 * `smtps://` is TLS from the start, usually port 465. `smtp://`, usually port 587, asks for STARTTLS and sends nothing
 * without it, unless the server is this very machine or the address says `?requireTLS=false`. Throws one line that names
 * the variable and repeats nothing of it.
 */
export function readSmtpUrl(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    throw new Error('SMTP_URL: must be like smtp://user:password@host:587');
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const secure = url.protocol === 'smtps:';
  const wish = wishOf(url.searchParams);
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && (wish ?? !isThisMachine(host)),
    ...(url.username !== '' && { auth: { user: decode(url.username), pass: decode(url.password) } }),
  };
}

function wishOf(parameters: URLSearchParams): boolean | undefined {
  const given = [...parameters].map(([name, value]) => `${name}=${value}`);
  if (given.length === 0) return undefined;
  if (given.length > 1 || !['requireTLS=true', 'requireTLS=false'].includes(given[0] ?? '')) {
    throw new Error('SMTP_URL: only ?requireTLS=true or ?requireTLS=false may stand behind the address');
  }
  return given[0] === 'requireTLS=true';
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('SMTP_URL: user and password must be percent-encoded');
  }
}
