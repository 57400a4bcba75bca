export { createPatient } from './create-patient.ts';
