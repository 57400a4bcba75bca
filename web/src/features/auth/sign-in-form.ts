/** The sign-in form's rules, apart from its look. Pure. */
import { ApiError } from '../../api/problem.ts';
import type { Credentials } from '../../api/session.ts';

export interface SignInFields {
  email: string;
  password: string;
  clinic: string;
}

export type FieldFault = 'emailMissing' | 'emailWrong' | 'passwordMissing' | 'clinicMissing';
export type Faults = Partial<Record<keyof SignInFields, FieldFault>>;

/** What is wrong before anything is sent. The server has the last word on what an e-mail is. */
export function checkFields({ email, password, clinic }: SignInFields, needsClinic: boolean): Faults {
  const faults: Faults = {};
  if (email.trim() === '') faults.email = 'emailMissing';
  else if (!/^\S+@\S+$/.test(email.trim())) faults.email = 'emailWrong';
  if (password === '') faults.password = 'passwordMissing';
  if (needsClinic && clinic.trim() === '') faults.clinic = 'clinicMissing';
  return faults;
}

export function credentials({ email, password, clinic }: SignInFields): Credentials {
  const slug = clinic.trim().toLowerCase();
  return { email: email.trim(), password, ...(slug === '' ? {} : { tenant: slug }) };
}

/** Whether the server asks for the clinic because the e-mail is known to several. */
export function asksForClinic(error: unknown): boolean {
  return error instanceof ApiError && error.status === 422 && error.faults.some(({ path }) => path === 'tenant');
}
