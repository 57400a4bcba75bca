/** The pages of files, a line each. All of them come when they are asked for. */
import { lazy } from 'react';
import type { PageRoute } from './routes.tsx';

const FilesPage = lazy(async () => ({ default: (await import('./features/files/files-page.tsx')).FilesPage }));
const PatientFilesPage = lazy(async () => ({
  default: (await import('./features/files/patient-files-page.tsx')).PatientFilesPage,
}));
const FindPatientPage = lazy(async () => ({
  default: (await import('./features/files/find-patient-page.tsx')).FindPatientPage,
}));

export const filesRoutes: readonly PageRoute[] = [
  { path: '/files', page: FilesPage },
  { path: '/files/for', page: FindPatientPage },
  { path: '/files/of/:patientId', page: PatientFilesPage },
];
