/** Codes of authenticator apps: RFC 6238 as every app speaks it, with SHA-1, six digits and steps of 30 seconds. */
import { Secret, TOTP } from 'otpauth';

const period = 30;
/** RFC 4226, section 4, asks for 160 bits. */
const secretBytes = 20;
/** A code is taken one step early or late: clocks differ and people type (RFC 6238, section 5.2). */
const window = 1;

/** In base32, as apps take it by hand. */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** What a QR code holds: the key URI that apps read. `issuer` and `label` are shown in the app. */
export function totpUri(secret: string, { issuer, label }: { issuer: string; label: string }): string {
  return totpOf(secret, { issuer: issuer.replaceAll(':', ' '), label }).toString();
}

/** The number of the time step that the code belongs to; undefined when it is no code of this time. */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  // The library throws on six characters that are more than six bytes.
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window });
  return delta === null ? undefined : Math.floor(timestamp / 1_000 / period) + delta;
}

function totpOf(secret: string, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ ...names, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period });
}
