/** Cookies as RFC 6265 has them: reading what a browser sends, and the few attributes that we set. */

/** Names to values. A value that cannot be decoded is left out, and so is a second one of the same name. */
export function parseCookies(header: string | undefined): Readonly<Record<string, string>> {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    if (name in cookies) continue;
    try {
      cookies[name] = decodeURIComponent(pair.slice(at + 1).trim());
    } catch {
      // Not something that we have set.
    }
  }
  return cookies;
}

export interface CookieOptions {
  path: string;
  /** Seconds; 0 removes the cookie. */
  maxAge: number;
  secure: boolean;
}

/** A cookie that no script reads and no foreign page sends. */
export function strictCookie(name: string, value: string, { path, maxAge, secure }: CookieOptions): string {
  const attributes = [
    `${name}=${encodeURIComponent(value)}`,
    `Path=${path}`,
    `Max-Age=${maxAge}`,
    'HttpOnly',
    'SameSite=Strict',
  ];
  return [...attributes, ...(secure ? ['Secure'] : [])].join('; ');
}
