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

export const schedulingRoutes: readonly PageRoute[] = [
  { path: '/book', page: FindDoctorPage },
  { path: '/book/:practitionerId', page: BookPage },
  { path: '/appointments/:appointmentId', page: AppointmentPage },
  { path: '/appointments/:appointmentId/move', page: MovePage },
];
