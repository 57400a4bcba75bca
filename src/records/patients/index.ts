export { createPatient } from './create-patient.ts';
export { patientRoutes } from './routes.ts';
