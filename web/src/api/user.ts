/** Who is signed in, as `POST /auth/login` and `GET /auth/me` say it. */

export interface Clinic {
  slug: string;
  name: string;
  /** IANA name; every time on the screen is in it. */
  timeZone: string;
  /** BCP 47. */
  locale: string;
  /** Until how many hours before its time a patient moves a visit alone, and calls it off without being noted as late. */
  cancelFreeHours: number;
}

export interface User {
  id: string;
  email: string;
  /** Whether the address was confirmed. */
  emailVerified: boolean;
  displayName: string;
  tenantId: string;
  tenant: Clinic;
  roles: readonly string[];
  /** Of the clinic's own roles. */
  clinicRoles: readonly { key: string; name: string }[];
  scopes: readonly string[];
  /** Somebody else knows the password. */
  mustChangePassword: boolean;
  /** The second factor. */
  mfa: { enabled: boolean; required: boolean };
  patientId: string | null;
  practitionerId: string | null;
}

/** What sign-in and refresh answer. The refresh token itself stays in an HttpOnly cookie. */
export interface TokenAnswer {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  user?: User;
}

/** Whether the person's own work is seeing patients. */
export function isDoctor(user: User): boolean {
  return user.practitionerId !== null && user.scopes.includes('meetings:start');
}

/** Whether they see the visits of the whole clinic. */
export function seesAll(user: User): boolean {
  return user.scopes.includes('meetings:read-all');
}

/** Whether the own account has to be set right first; until then the server lets them do nothing else. */
export function isHeldBack({ mustChangePassword, mfa }: User): boolean {
  return mustChangePassword || (mfa.required && !mfa.enabled);
}
