export { type ClinicWords, disclaimerReply, emergencyReply } from './replies.ts';
export { review } from './review.ts';
export { screen } from './screen.ts';
export {
  type Audience,
  type Disclaimer,
  type Emergency,
  type EmergencySign,
  emergencySigns,
  type Language,
  type MedicalAsk,
  medicalAsks,
  type Verdict,
} from './verdict.ts';
