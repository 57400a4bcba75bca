/** The pages of scheduling, a line each. All of them come when they are asked for. */
import { lazy } from 'react';
import type { PageRoute } from './routes.tsx';

const FindDoctorPage = lazy(async () => ({
  default: (await import('./features/booking/find-doctor-page.tsx')).FindDoctorPage,
}));
const BookPage = lazy(async () => ({ default: (await import('./features/booking/book-page.tsx')).BookPage }));
const AppointmentPage = lazy(async () => ({
  default: (await import('./features/booking/appointment-page.tsx')).AppointmentPage,
}));
const MovePage = lazy(async () => ({ default: (await import('./features/booking/move-page.tsx')).MovePage }));

const CalendarPage = lazy(async () => ({
  default: (await import('./features/planning/calendar-page.tsx')).CalendarPage,
}));
const ArrivalsPage = lazy(async () => ({
  default: (await import('./features/planning/arrivals-page.tsx')).ArrivalsPage,
}));
const WaitlistPage = lazy(async () => ({
  default: (await import('./features/planning/waitlist-page.tsx')).WaitlistPage,
}));
const WaitingRoomsPage = lazy(async () => ({
  default: (await import('./features/waiting/waiting-rooms-page.tsx')).WaitingRoomsPage,
}));
const BookForPage = lazy(async () => ({
  default: (await import('./features/planning/book-for-page.tsx')).BookForPage,
}));
const PatientsPage = lazy(async () => ({
  default: (await import('./features/patients/patients-page.tsx')).PatientsPage,
}));
const PatientPage = lazy(async () => ({
  default: (await import('./features/patients/patient-page.tsx')).PatientPage,
}));
const HoursPage = lazy(async () => ({ default: (await import('./features/planning/hours-page.tsx')).HoursPage }));
const DoctorsPage = lazy(async () => ({ default: (await import('./features/offer/doctors-page.tsx')).DoctorsPage }));
const ServicesPage = lazy(async () => ({ default: (await import('./features/offer/services-page.tsx')).ServicesPage }));
const PlacesPage = lazy(async () => ({ default: (await import('./features/offer/places-page.tsx')).PlacesPage }));

export const schedulingRoutes: readonly PageRoute[] = [
  { path: '/book', page: FindDoctorPage },
  { path: '/book/:practitionerId', page: BookPage },
  { path: '/appointments/:appointmentId', page: AppointmentPage },
  { path: '/appointments/:appointmentId/move', page: MovePage },
  { path: '/calendar', page: CalendarPage },
  { path: '/calendar/arrivals', page: ArrivalsPage },
  { path: '/calendar/waiting-list', page: WaitlistPage },
  { path: '/calendar/waiting-rooms', page: WaitingRoomsPage },
  { path: '/calendar/book', page: BookForPage },
  { path: '/calendar/patients', page: PatientsPage },
  { path: '/calendar/patients/:patientId', page: PatientPage },
  { path: '/calendar/hours', page: HoursPage },
  { path: '/calendar/doctors', page: DoctorsPage },
  { path: '/calendar/services', page: ServicesPage },
  { path: '/calendar/places', page: PlacesPage },
];
