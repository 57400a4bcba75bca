/** What stands on paper around a document's own text, by language. */
import type { DocumentKind, DocumentLanguage } from './schema.ts';

export interface Paper {
  kinds: Record<DocumentKind, string>;
  kind: string;
  patient: string;
  born: string;
  visit: string;
  /** By the name of the part in any form. */
  parts: Readonly<Record<string, string>>;
  codes: string;
  signed: string;
  name: string;
  registration: string;
  confirmedAt: string;
  version: string;
  validUntil: string;
  byModel: string;
  page(id: string, page: number, pages: number): string;
}

const en: Paper = {
  kinds: {
    treatment_summary: 'Treatment summary',
    insurance_summary: 'Insurance summary',
    progress_note: 'Progress note',
  },
  kind: 'Document',
  patient: 'Patient',
  born: 'Born on',
  visit: 'Visit on',
  parts: {
    summary: 'Summary',
    keyPoints: 'Key points',
    nextSteps: 'Next steps',
    necessity: 'Why it is needed',
    procedures: 'Procedures',
    subjective: 'Subjective',
    objective: 'Objective',
    assessment: 'Assessment',
    plan: 'Plan',
  },
  codes: 'Procedure codes (CDT)',
  signed: 'Confirmed by',
  name: 'Name',
  registration: 'Registration number',
  confirmedAt: 'Confirmed at',
  version: 'Version (form)',
  validUntil: 'Valid until',
  byModel: 'First written with the help of a language model; read, corrected where needed, and confirmed by the above.',
  page: (id, page, pages) => `Document ${id} · page ${page} of ${pages}`,
};

const es: Paper = {
  kinds: {
    treatment_summary: 'Resumen del tratamiento',
    insurance_summary: 'Resumen para la aseguradora',
    progress_note: 'Nota de evolución',
  },
  kind: 'Documento',
  patient: 'Paciente',
  born: 'Fecha de nacimiento',
  visit: 'Fecha de la visita',
  parts: {
    summary: 'Resumen',
    keyPoints: 'Puntos clave',
    nextSteps: 'Próximos pasos',
    necessity: 'Por qué es necesario',
    procedures: 'Procedimientos',
    subjective: 'Subjetivo',
    objective: 'Objetivo',
    assessment: 'Valoración',
    plan: 'Plan',
  },
  codes: 'Códigos de procedimiento (CDT)',
  signed: 'Confirmado por',
  name: 'Nombre',
  registration: 'Número de colegiación',
  confirmedAt: 'Confirmado el',
  version: 'Versión (formulario)',
  validUntil: 'Válido hasta',
  byModel:
    'Redactado al principio con ayuda de un modelo de lenguaje; leído, corregido donde hizo falta y confirmado por la persona indicada.',
  page: (id, page, pages) => `Documento ${id} · página ${page} de ${pages}`,
};

const hi: Paper = {
  kinds: {
    treatment_summary: 'इलाज का सारांश',
    insurance_summary: 'बीमा के लिए सारांश',
    progress_note: 'प्रगति टिप्पणी',
  },
  kind: 'दस्तावेज़',
  patient: 'रोगी',
  born: 'जन्म तिथि',
  visit: 'मुलाक़ात की तारीख',
  parts: {
    summary: 'सारांश',
    keyPoints: 'मुख्य बातें',
    nextSteps: 'आगे के कदम',
    necessity: 'यह क्यों ज़रूरी है',
    procedures: 'प्रक्रियाएँ',
    subjective: 'रोगी ने बताया',
    objective: 'देखा गया',
    assessment: 'आकलन',
    plan: 'योजना',
  },
  codes: 'प्रक्रिया कोड (CDT)',
  signed: 'पुष्टि करने वाले',
  name: 'नाम',
  registration: 'पंजीकरण संख्या',
  confirmedAt: 'पुष्टि का समय',
  version: 'संस्करण (प्रारूप)',
  validUntil: 'कब तक मान्य',
  byModel: 'पहला मसौदा भाषा मॉडल की मदद से लिखा गया; ऊपर बताए व्यक्ति ने पढ़ा, ज़रूरत पर सुधारा और पुष्टि की।',
  page: (id, page, pages) => `दस्तावेज़ ${id} · पृष्ठ ${page} / ${pages}`,
};

export const paperWords: Record<DocumentLanguage, Paper> = { en, es, hi };
