/** The own account over REST: password, address, second factor, sign-ins. */
import type { Preferences } from '../../../src/scheduling/appointments/schema.ts';
import type { Page } from './meetings.ts';
import type { Session } from './session.ts';

export interface SecondFactor {
  enabled: boolean;
  /** By the clinic, for one of the person's roles. */
  required: boolean;
  recoveryCodesLeft: number;
}

/** What an authenticator app is told. */
export interface AppSecret {
  /** Base32. */
  secret: string;
  /** `otpauth://…`, for the QR code. */
  uri: string;
}

export interface SignIn {
  id: string;
  createdAt: string;
  lastUsedAt: string;
  /** IP address. */
  address: string;
  /** Products and versions, without the operating system; empty when the program did not say. */
  userAgent: string;
  isCurrent: boolean;
}

export interface AccountApi {
  changePassword(change: { currentPassword: string; newPassword: string }): Promise<void>;
  /** Changes nothing until the link in the mail is followed. */
  changeEmail(change: { email: string; password: string }): Promise<void>;
  secondFactor(signal?: AbortSignal): Promise<SecondFactor>;
  beginApp(password: string): Promise<AppSecret>;
  /** Answers the recovery codes, which are never told again. */
  confirmApp(code: string): Promise<string[]>;
  endApp(proof: { password: string; code: string }): Promise<void>;
  renewRecoveryCodes(code: string): Promise<string[]>;
  signIns(cursor: string | undefined, signal?: AbortSignal): Promise<Page<SignIn>>;
  endSignIn(id: string): Promise<void>;
  endOtherSignIns(): Promise<void>;
  /** How a patient is written to. */
  preferences(patientId: string, signal?: AbortSignal): Promise<Preferences>;
  setPreferences(patientId: string, preferences: Preferences): Promise<Preferences>;
}

const preferencesOf = (patientId: string) => `/patients/${encodeURIComponent(patientId)}/preferences`;

type Request = Parameters<Session['request']>[0];

export function createAccountApi(session: Session): AccountApi {
  async function json<T>(request: Request): Promise<T> {
    const response = await session.request(request);
    return (await response.json()) as T;
  }
  async function done(request: Request): Promise<void> {
    await session.request(request);
  }
  async function codes(path: string, code: string): Promise<string[]> {
    const answer = await json<{ recoveryCodes: string[] }>({ method: 'POST', path, body: { code } });
    return answer.recoveryCodes;
  }
  return {
    changePassword: (body) => done({ method: 'POST', path: '/auth/change-password', body }),
    changeEmail: (body) => done({ method: 'POST', path: '/auth/change-email', body }),
    secondFactor: (signal) => json({ path: '/auth/mfa', signal }),
    beginApp: (password) => json({ method: 'POST', path: '/auth/mfa/totp', body: { password } }),
    confirmApp: (code) => codes('/auth/mfa/totp/confirm', code),
    endApp: (body) => done({ method: 'DELETE', path: '/auth/mfa/totp', body }),
    renewRecoveryCodes: (code) => codes('/auth/mfa/recovery-codes', code),
    signIns: (cursor, signal) => json({ path: '/auth/sessions', query: { cursor }, signal }),
    endSignIn: (id) => done({ method: 'DELETE', path: `/auth/sessions/${encodeURIComponent(id)}` }),
    endOtherSignIns: () => done({ method: 'POST', path: '/auth/logout-everywhere', body: { exceptThis: true } }),
    preferences: (patientId, signal) => json({ path: preferencesOf(patientId), signal }),
    setPreferences: (patientId, body) => json({ method: 'PUT', path: preferencesOf(patientId), body }),
  };
}
