/** The doctors and patients of a run: made by the clinic's administrator, as a clinic does it. */
import { randomBytes } from 'node:crypto';
import type { Options } from './options.ts';

export interface Person {
  /** The id that meetings know. */
  id: string;
  token: string;
}

export interface Crew {
  staffToken: string;
  doctors: Person[];
  patients: Person[];
}

/** A person may have so many connections at a time (HTTP 4429 beyond), so each takes part in several consultations. */
const meetingsEach = 12;
/** Passwords are hashed on as many threads as there are. */
const atOnce = 4;

export class Refused extends Error {}

interface Sent {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
  limitMs?: number;
}

/** JSON of an answer that went well; throws Refused with the problem's code. */
export async function rest<T>(
  { url }: Pick<Options, 'url'>,
  method: string,
  path: string,
  { token, body, headers = {}, limitMs = 30_000 }: Sent = {},
): Promise<T> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(limitMs),
  });
  const json: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const { code } = (json ?? {}) as { code?: string };
    throw new Refused(`${method} ${path} was answered ${response.status} ${code ?? ''}`.trim());
  }
  return json as T;
}

interface SignedIn {
  accessToken: string;
  user: { patientId: string | null; practitionerId: string | null };
}

export async function makeCrew(options: Options, say: (line: string) => void): Promise<Crew> {
  const { email, password, clinic: tenant, meetings } = options;
  const signIn = (credentials: { email: string; password: string }) =>
    rest<SignedIn>(options, 'POST', '/auth/login', { body: { ...credentials, tenant } });
  const { accessToken: staffToken } = await signIn({ email, password });
  const run = randomBytes(4).toString('hex');
  const each = Math.ceil(meetings / meetingsEach);
  const wanted = (['doctor', 'patient'] as const).flatMap((role) =>
    Array.from({ length: each }, (_, index) => ({ role, index })),
  );
  const crew: Crew = { staffToken, doctors: [], patients: [] };
  const lane = async () => {
    for (let one = wanted.pop(); one; one = wanted.pop()) {
      const { role, index } = one;
      const account = { email: `load-${run}-${role}-${index}@load.example`, password: newPassword() };
      const displayName = role === 'doctor' ? 'Dr Load' : 'Patient Load';
      const body = { ...account, displayName, roles: [role] };
      await rest(options, 'POST', '/admin/users', { token: staffToken, body });
      // Who was given a password has to choose one of their own first.
      const given = await signIn(account);
      const change = { currentPassword: account.password, newPassword: newPassword() };
      await rest(options, 'POST', '/auth/change-password', { token: given.accessToken, body: change });
      const { accessToken: token, user } = await signIn({ ...account, password: change.newPassword });
      const id = role === 'doctor' ? user.practitionerId : user.patientId;
      if (id === null) throw new Error(`The account of a ${role} has no record.`);
      crew[role === 'doctor' ? 'doctors' : 'patients'].push({ id, token });
      const made = crew.doctors.length + crew.patients.length;
      if (made % 10 === 0) say(`${made} of ${2 * each} people made`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return crew;
}

const newPassword = (): string => `Load-${randomBytes(9).toString('base64url')}-7a`;
