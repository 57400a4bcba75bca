/** Who is doing this now, as the access token says it. */
export interface Actor {
  userId: string;
  tenantId: string;
  roles: readonly Role[];
  scopes: ReadonlySet<string>;
  /** The person's own patient record, where they have one. */
  patientId: string | null;
  /** The person's own practitioner record, where they have one. */
  practitionerId: string | null;
  /** The sign-in that the token descends from. */
  sessionId: string;
  expiresAt: Date;
}

export const roles = ['patient', 'doctor', 'lab', 'staff', 'admin'] as const;
export type Role = (typeof roles)[number];
