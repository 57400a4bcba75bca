/** What templates say, by language. */
import type { Tier } from '../cdt/schema.ts';
import type { DocumentKind, DocumentLanguage, Tone } from './schema.ts';

type Choices = readonly [string, ...string[]];

export interface TemplateWords {
  titles: Record<DocumentKind, string>;
  tiers: Record<Tier, string>;
  opening: Record<Tone, Choices>;
  closing: Record<Tone, Choices>;
  found(toPatient: boolean, findings: string, tier: string): string;
  planned(toPatient: boolean, procedures: string): string;
  medicine(text: string): string;
  ask(toPatient: boolean): string;
  aged(years: number): string;
  isCase(tier: string): string;
  necessity(findings: string, tier: string): string;
  noNote: string;
  noPlan: string;
  noProcedures: string;
}

const en: TemplateWords = {
  titles: {
    treatment_summary: 'Summary of the treatment',
    insurance_summary: 'Summary for the insurer',
    progress_note: 'Progress note',
  },
  tiers: { mild: 'mild', moderate: 'moderate', severe: 'severe' },
  opening: {
    plain: ['This is what the visit came to.', 'Here is what was found and what is planned.'],
    reassuring: ['Thank you for coming; it is good that this was looked at.', 'It was right to have this looked at.'],
    formal: ['This document sums up the consultation.', 'The following was recorded at the consultation.'],
  },
  closing: {
    plain: ['Please ask if anything is not clear.', 'If something changes, please tell the clinic.'],
    reassuring: [
      'You are not alone with this: please ask whatever you want to know.',
      'We are here for your questions.',
    ],
    formal: ['Further information is available from the clinic.', 'The clinic answers questions about this document.'],
  },
  found: (toPatient, findings, tier) =>
    toPatient
      ? `We found the following: ${findings}. The case is ${tier}.`
      : `Findings: ${findings}. The case is ${tier}.`,
  planned: (toPatient, procedures) =>
    toPatient ? `This was done or is planned for you: ${procedures}.` : `Done or planned: ${procedures}.`,
  medicine: (text) => `Medicine: ${text}`,
  ask: (toPatient) => (toPatient ? 'Please ask your doctor what comes next.' : 'No next step was recorded.'),
  aged: (years) => `The patient is ${years} years old.`,
  isCase: (tier) => `The case is ${tier}.`,
  necessity: (findings, tier) => `The treatment follows from these findings of a ${tier} case: ${findings}.`,
  noNote: 'Nothing was recorded of what the patient said.',
  noPlan: 'No next step was recorded.',
  noProcedures: 'No procedure was recorded.',
};

const es: TemplateWords = {
  titles: {
    treatment_summary: 'Resumen del tratamiento',
    insurance_summary: 'Resumen para la aseguradora',
    progress_note: 'Nota de evolución',
  },
  tiers: { mild: 'leve', moderate: 'moderado', severe: 'grave' },
  opening: {
    plain: ['Este es el resultado de la visita.', 'Esto es lo que se encontró y lo que está previsto.'],
    reassuring: ['Gracias por venir; es bueno que se haya revisado.', 'Ha hecho bien en pedir que se revisara.'],
    formal: ['Este documento resume la consulta.', 'En la consulta se registró lo siguiente.'],
  },
  closing: {
    plain: ['Pregunte si algo no está claro.', 'Si algo cambia, avise a la clínica.'],
    reassuring: ['No está solo con esto: pregunte todo lo que quiera saber.', 'Estamos aquí para sus preguntas.'],
    formal: ['La clínica ofrece más información.', 'La clínica responde a las preguntas sobre este documento.'],
  },
  found: (toPatient, findings, tier) =>
    toPatient
      ? `Encontramos lo siguiente: ${findings}. El caso es ${tier}.`
      : `Hallazgos: ${findings}. El caso es ${tier}.`,
  planned: (toPatient, procedures) =>
    toPatient ? `Se hizo o está previsto para usted: ${procedures}.` : `Hecho o previsto: ${procedures}.`,
  medicine: (text) => `Medicamento: ${text}`,
  ask: (toPatient) => (toPatient ? 'Pregunte a su médico qué sigue.' : 'No se registró ningún paso siguiente.'),
  aged: (years) => `Edad del paciente, en años: ${years}.`,
  isCase: (tier) => `El caso es ${tier}.`,
  necessity: (findings, tier) => `El tratamiento se debe a estos hallazgos de un caso ${tier}: ${findings}.`,
  noNote: 'No se registró lo que dijo el paciente.',
  noPlan: 'No se registró ningún paso siguiente.',
  noProcedures: 'No se registró ningún procedimiento.',
};

const hi: TemplateWords = {
  titles: {
    treatment_summary: 'इलाज का सारांश',
    insurance_summary: 'बीमा कंपनी के लिए सारांश',
    progress_note: 'प्रगति टिप्पणी',
  },
  tiers: { mild: 'हल्का', moderate: 'मध्यम', severe: 'गंभीर' },
  opening: {
    plain: ['मुलाक़ात का नतीजा यह है।', 'यह मिला है और आगे यह तय है।'],
    reassuring: ['आने के लिए धन्यवाद; अच्छा हुआ कि इसकी जाँच हो गई।', 'इसकी जाँच कराना सही था।'],
    formal: ['इस दस्तावेज़ में परामर्श का सारांश है।', 'परामर्श में यह दर्ज किया गया।'],
  },
  closing: {
    plain: ['कुछ साफ़ न हो तो कृपया पूछें।', 'कुछ बदले तो कृपया क्लिनिक को बताएँ।'],
    reassuring: ['आप अकेले नहीं हैं: जो जानना चाहें, पूछें।', 'आपके सवालों के लिए हम यहाँ हैं।'],
    formal: ['और जानकारी क्लिनिक से मिल सकती है।', 'इस दस्तावेज़ के बारे में सवालों के जवाब क्लिनिक देता है।'],
  },
  found: (toPatient, findings, tier) =>
    toPatient ? `हमें यह मिला: ${findings}। मामला ${tier} है।` : `निष्कर्ष: ${findings}। मामला ${tier} है।`,
  planned: (toPatient, procedures) =>
    toPatient ? `आपके लिए यह हुआ या तय है: ${procedures}।` : `हुआ या तय: ${procedures}।`,
  medicine: (text) => `दवा: ${text}`,
  ask: (toPatient) => (toPatient ? 'आगे क्या करना है, कृपया अपने डॉक्टर से पूछें।' : 'अगला कदम दर्ज नहीं है।'),
  aged: (years) => `रोगी की आयु (वर्ष): ${years}।`,
  isCase: (tier) => `मामला ${tier} है।`,
  necessity: (findings, tier) => `यह इलाज ${tier} मामले के इन निष्कर्षों के कारण है: ${findings}।`,
  noNote: 'रोगी ने जो कहा वह दर्ज नहीं है।',
  noPlan: 'अगला कदम दर्ज नहीं है।',
  noProcedures: 'कोई प्रक्रिया दर्ज नहीं है।',
};

export const templateWords: Record<DocumentLanguage, TemplateWords> = { en, es, hi };
