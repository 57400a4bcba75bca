/** Patients over REST: who they are, for those who book and see them. */
import type { Clock } from '../../platform/clock.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { changePatient, listPatients, readPatient } from './find-patients.ts';
import { PatientChange, PatientDetails, PatientPage, PatientParams, PatientQuery } from './schema.ts';

const tag = 'patients';
const access = { scopes: ['patients:read'] } as const;

export function patientRoutes({ clock }: { clock: Clock }): Route[] {
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
      reply: PatientDetails,
      errors: ['NOT_FOUND'],
      handler: ({ db }, { params }) => readPatient(db, params.id),
    }),
    route({
      method: 'patch',
      path: '/patients/:id',
      summary:
        'Keeps a date of birth, who answers for a minor, and that it was made sure who this is; what is left out stays',
      tag,
      access: { scopes: ['patients:write'] },
      audit: { action: 'patient.change' },
      params: PatientParams,
      body: PatientChange,
      reply: PatientDetails,
      errors: ['NOT_FOUND'],
      handler: ({ db }, { params, body }) => changePatient(db, params.id, body, clock.now()),
    }),
  ];
}
