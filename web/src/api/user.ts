/** Who is signed in, as `POST /auth/login` and `GET /auth/me` say it. */

export interface Clinic {
  slug: string;
  name: string;
  /** IANA name; every time on the screen is in it. */
  timeZone: string;
  /** BCP 47. */
  locale: string;
}

export interface User {
  id: string;
  email: string;
  displayName: string;
  tenantId: string;
  tenant: Clinic;
  roles: readonly string[];
  scopes: readonly string[];
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
