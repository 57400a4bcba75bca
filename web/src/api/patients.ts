/** Patients over REST: who they are, for those who book and see them. */
import type {
  IdentityCheck,
  PatientChange,
  PatientDetails,
  PatientPage,
} from '../../../src/records/patients/schema.ts';
import type { Session } from './session.ts';

export type { IdentityCheck, PatientChange, PatientDetails };

export interface PatientsApi {
  find(name: string, cursor?: string, signal?: AbortSignal): Promise<PatientPage>;
  read(id: string, signal?: AbortSignal): Promise<PatientDetails>;
  change(id: string, change: PatientChange): Promise<PatientDetails>;
}

const one = (id: string) => `/patients/${encodeURIComponent(id)}`;

export function createPatientsApi(session: Session): PatientsApi {
  async function json<T>(request: Parameters<Session['request']>[0]): Promise<T> {
    return (await (await session.request(request)).json()) as T;
  }
  return {
    find: (name, cursor, signal) =>
      json({ path: '/patients', query: { name: name === '' ? undefined : name, limit: 20, cursor }, signal }),
    read: (id, signal) => json({ path: one(id), signal }),
    change: (id, body) => json({ method: 'PATCH', path: one(id), body }),
  };
}
