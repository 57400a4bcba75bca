/** Patients over REST: who they are, for those who book and see them. */
import { type Route, route } from '../../platform/http/route.ts';
import { listPatients, readPatient } from './find-patients.ts';
import { PatientPage, PatientParams, PatientQuery, PatientView } from './schema.ts';

const tag = 'patients';
const access = { scopes: ['patients:read'] } as const;

export function patientRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/patients',
      summary: 'Patients by name',
      tag,
      access,
      audit: { action: 'patient.list' },
      query: PatientQuery,
      reply: PatientPage,
      handler: ({ db }, { query }) => listPatients(db, query),
    }),
    route({
      method: 'get',
      path: '/patients/:id',
      summary: 'One patient',
      tag,
      access,
      audit: { action: 'patient.read' },
      params: PatientParams,
      reply: PatientView,
      errors: ['NOT_FOUND'],
      handler: ({ db }, { params }) => readPatient(db, params.id),
    }),
  ];
}
