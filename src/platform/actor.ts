/** Who is doing this now, as the access token says it. */
export interface Actor {
  /** A person who signed in, a service with an API key, or the guest of one meeting, who has no account and no REST. */
  kind: 'person' | 'service' | 'guest';
  /** The user; for a service the id of its key, for a guest that of their invitation. */
  userId: string;
  tenantId: string;
  /** Built-in roles. A service has none, and what a clinic's own roles add is in `scopes`. */
  roles: readonly Role[];
  scopes: ReadonlySet<string>;
  /** The person's own patient record, where they have one. */
  patientId: string | null;
  /** The person's own practitioner record, where they have one. */
  practitionerId: string | null;
  /** The sign-in that the token descends from; for a service the id of its key. */
  sessionId: string;
  /** As of when the credentials say what is true: what was revoked later takes these away, what was revoked before does not. */
  issuedAt: Date;
  expiresAt: Date;
  /** Their scopes are cut down until they have set up a second factor. */
  mustEnrol?: boolean;
  /** The only meeting there is for a guest. */
  guestOf?: string;
}

export const roles = ['patient', 'doctor', 'lab', 'staff', 'admin'] as const;
export type Role = (typeof roles)[number];
