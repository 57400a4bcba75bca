/** Doctors, services, free times and appointments over REST, one function a call. */
import type { PatientPage, PatientView } from '../../../src/records/patients/schema.ts';
import type {
  Appointment,
  AppointmentPage,
  AppointmentStatus,
  CancelCode,
  NoShowSide,
  WaitlistEntry,
  WaitlistPage,
} from '../../../src/scheduling/appointments/schema.ts';
import type {
  Affected,
  AffectedVisit,
  ChangedException,
  ChangedRule,
  ExceptionPage,
  ExceptionView,
  Preview,
  RulePage,
  RuleView,
} from '../../../src/scheduling/availability/schema.ts';
import type { ServicePage, ServiceView } from '../../../src/scheduling/catalog/schema.ts';
import type {
  LocationPage,
  LocationView,
  PractitionerPage,
  PractitionerView,
  RoomList,
  RoomView,
  Specialty,
} from '../../../src/scheduling/directory/schema.ts';
import type { OfferedModality, VisitModality } from '../../../src/scheduling/schema.ts';
import type { SlotPage, SlotView } from '../../../src/scheduling/slots/schema.ts';
import type { Session } from './session.ts';
import type { Exchange } from './transport.ts';

export type {
  Affected,
  AffectedVisit,
  Appointment,
  AppointmentStatus,
  CancelCode,
  ExceptionView,
  LocationView,
  NoShowSide,
  OfferedModality,
  PatientView,
  PractitionerView,
  Preview,
  RoomView,
  RuleView,
  ServiceView,
  SlotView,
  Specialty,
  VisitModality,
  WaitlistEntry,
};

type Query = NonNullable<Exchange['query']>;
type Json = Record<string, unknown>;

export interface NewBooking {
  practitionerId: string;
  patientId?: string | undefined;
  serviceId: string;
  startsAt: string;
  locationId?: string | undefined;
  modality: VisitModality;
  reason?: string | undefined;
  overrideHours?: boolean | undefined;
}

export interface Move {
  startsAt: string;
  locationId?: string | undefined;
  overrideHours?: boolean | undefined;
  version: number;
}

export interface SlotSearch {
  serviceId: string;
  practitionerId?: string | undefined;
  locationId?: string | undefined;
  modality?: VisitModality | undefined;
  from: string;
  to: string;
}

export interface NewWish {
  patientId?: string | undefined;
  serviceId: string;
  practitionerId?: string | undefined;
  modality?: VisitModality | undefined;
  from: string;
  to: string;
}

/** An unguessable name for one attempt to write, so that a repeated one is done once. */
export function newAttempt(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export type SchedulingApi = ReturnType<typeof createSchedulingApi>;

const one = (base: string, id: string, rest = '') => `${base}/${encodeURIComponent(id)}${rest}`;

/** Cheap to make: it holds nothing. */
export function createSchedulingApi(session: Session) {
  async function json<T>(request: Exchange): Promise<T> {
    const response = await session.request(request);
    return (await response.json()) as T;
  }
  const get = <T>(path: string, query: Query = {}, signal?: AbortSignal) => json<T>({ path, query, signal });
  const post = <T>(path: string, body: unknown, attempt?: string) =>
    json<T>({ method: 'POST', path, body, ...(attempt !== undefined && { headers: { 'idempotency-key': attempt } }) });
  const patch = <T>(path: string, body: unknown) => json<T>({ method: 'PATCH', path, body });
  const remove = <T>(path: string) => json<T>({ method: 'DELETE', path });
  const act = (id: string, what: string, body: Json) => post<Appointment>(one('/appointments', id, `/${what}`), body);
  return {
    patients: (query: Query, signal?: AbortSignal) => get<PatientPage>('/patients', query, signal),
    patient: (id: string, signal?: AbortSignal) => get<PatientView>(one('/patients', id), {}, signal),
    practitioners: (query: Query, signal?: AbortSignal) =>
      get<PractitionerPage>('/directory/practitioners', query, signal),
    practitioner: (id: string, signal?: AbortSignal) =>
      get<PractitionerView>(one('/directory/practitioners', id), {}, signal),
    changePractitioner: (id: string, body: Json) => patch<PractitionerView>(one('/directory/practitioners', id), body),
    locations: (query: Query, signal?: AbortSignal) => get<LocationPage>('/directory/locations', query, signal),
    createLocation: (body: Json) => post<LocationView>('/directory/locations', body),
    changeLocation: (id: string, body: Json) => patch<LocationView>(one('/directory/locations', id), body),
    rooms: (locationId: string, signal?: AbortSignal) =>
      get<RoomList>(one('/directory/locations', locationId, '/rooms'), {}, signal),
    createRoom: (locationId: string, body: Json) =>
      post<RoomView>(one('/directory/locations', locationId, '/rooms'), body),
    changeRoom: (locationId: string, roomId: string, body: Json) =>
      patch<RoomView>(one('/directory/locations', locationId, one('/rooms', roomId)), body),
    services: (query: Query, signal?: AbortSignal) => get<ServicePage>('/catalog/services', query, signal),
    createService: (body: Json) => post<ServiceView>('/catalog/services', body),
    changeService: (id: string, body: Json) => patch<ServiceView>(one('/catalog/services', id), body),
    slots: (search: SlotSearch, signal?: AbortSignal) => get<SlotPage>('/slots', { ...search }, signal),
    appointments: (query: Query, signal?: AbortSignal) => get<AppointmentPage>('/appointments', query, signal),
    appointment: (id: string, signal?: AbortSignal) => get<Appointment>(one('/appointments', id), {}, signal),
    async calendarFile(id: string): Promise<Blob> {
      const response = await session.request({ path: one('/appointments', id, '/calendar.ics') });
      return response.blob();
    },
    book: (booking: NewBooking, attempt: string) => post<Appointment>('/appointments', booking, attempt),
    move: (id: string, move: Move) => act(id, 'reschedule', { ...move }),
    cancel: (id: string, body: { code?: CancelCode; reason?: string; version: number }) => act(id, 'cancel', body),
    accept: (id: string) => json<Appointment>({ method: 'POST', path: one('/appointments', id, '/accept') }),
    decline: (id: string) => json<Appointment>({ method: 'POST', path: one('/appointments', id, '/decline') }),
    arrive: (id: string, version: number) => act(id, 'arrive', { version }),
    fulfil: (id: string, version: number) => act(id, 'fulfil', { version }),
    noShow: (id: string, side: NoShowSide, version: number) => act(id, 'no-show', { side, version }),
    waitlist: (query: Query, signal?: AbortSignal) => get<WaitlistPage>('/appointments/waitlist', query, signal),
    joinWaitlist: (wish: NewWish, attempt: string) => post<WaitlistEntry>('/appointments/waitlist', wish, attempt),
    leaveWaitlist: (id: string) =>
      json<WaitlistEntry>({ method: 'POST', path: one('/appointments/waitlist', id, '/leave') }),
    rules: (query: Query, signal?: AbortSignal) => get<RulePage>('/availability/rules', query, signal),
    createRule: (body: Json) => post<ChangedRule>('/availability/rules', body),
    changeRule: (id: string, body: Json) => patch<ChangedRule>(one('/availability/rules', id), body),
    deleteRule: (id: string) => remove<Affected>(one('/availability/rules', id)),
    exceptions: (query: Query, signal?: AbortSignal) => get<ExceptionPage>('/availability/exceptions', query, signal),
    createException: (body: Json) => post<ChangedException>('/availability/exceptions', body),
    deleteException: (id: string) => remove<Affected>(one('/availability/exceptions', id)),
    previewHours: (body: Json) => post<Affected>('/availability/preview', body),
  };
}
