/** How a patient wants to be written to, over REST. */
import { type Route, route } from '../../platform/http/route.ts';
import { readPreferences, setPreferences } from './preferences.ts';
import { AppointmentParams, Preferences } from './schema.ts';

const tag = 'patients';
const path = '/patients/:id/preferences';

export function preferenceRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path,
      summary: 'In which language a patient is written to, and how they are reminded',
      tag,
      access: { scopes: ['appointments:read'] },
      audit: { action: 'patient.read_preferences' },
      params: AppointmentParams,
      reply: Preferences,
      errors: ['NOT_FOUND'],
      handler: ({ db, actor }, { params }) => readPreferences(db, actor, params.id),
    }),
    route({
      method: 'put',
      path,
      summary: 'Set them: the own as a patient, anybody’s as the desk',
      tag,
      access: { scopes: ['appointments:book'] },
      audit: { action: 'patient.set_preferences' },
      params: AppointmentParams,
      body: Preferences,
      reply: Preferences,
      errors: ['NOT_FOUND'],
      handler: ({ db, actor }, { params, body }) => setPreferences(db, actor, params.id, body),
    }),
  ];
}
