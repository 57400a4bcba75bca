/** Who asks. An admin counts as staff. */
export type Audience = 'patient' | 'doctor' | 'lab' | 'staff';

/** English, Hindi, Hindi in Latin letters, Spanish. */
export type Language = 'en' | 'hi' | 'hi-Latn' | 'es';

/** What a person can die of within hours, as far as it can be told from what they write. */
export const emergencySigns = [
  'chest_pain',
  'stroke',
  'breathing',
  'bleeding',
  'self_harm',
  'overdose', // Too much of a medicine, or a poison.
  'unresponsive',
  'unresponsive_child',
  'seizure',
  'allergic_reaction',
  'injury', // Accidents, burns, drowning, electric shock, head injuries.
  'pregnancy',
] as const;
export type EmergencySign = (typeof emergencySigns)[number];

/** What only a clinician may answer. */
export const medicalAsks = ['prescribe', 'diagnose', 'dose', 'start', 'stop'] as const;
export type MedicalAsk = (typeof medicalAsks)[number];

export interface Emergency {
  kind: 'emergency';
  sign: EmergencySign;
  language: Language;
}

export interface Disclaimer {
  kind: 'disclaimer';
  ask: MedicalAsk;
  language: Language;
}

export type Verdict = { kind: 'pass' } | Emergency | Disclaimer;
