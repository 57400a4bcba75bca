/** What letters about appointments say, by language. A language is whole or not here. */
import type { LetterKind } from './letters.ts';

export interface Words {
  letters: Record<LetterKind, { subject: string; says: string }>;
  hello(name: string): string;
  /** `when` is a time in words. */
  visit(when: string, practitioner: string): string;
  video: string;
  place(name: string): string;
  heldUntil(when: string): string;
  openVisit: string;
  answerOffer: string;
  calendar: { summary(clinic: string): string; with(practitioner: string): string; join: string; video: string };
}

const en: Words = {
  letters: {
    booked: { subject: 'Your appointment', says: 'Your appointment is booked.' },
    moved: { subject: 'Your appointment has a new time', says: 'Your appointment was moved. This is the new time.' },
    cancelled: { subject: 'Your appointment is cancelled', says: 'Your appointment was cancelled.' },
    offered: { subject: 'A time is free for you', says: 'A time that you were waiting for is free, and held for you.' },
    reminder: { subject: 'Your appointment is coming up', says: 'This is a reminder of your appointment.' },
  },
  hello: (name) => `Hello ${name},`,
  visit: (when, practitioner) => `${when}, with ${practitioner}.`,
  video: 'It is a video visit.',
  place: (name) => `Place: ${name}.`,
  heldUntil: (when) => `It is held until ${when}. Then the next one is asked.`,
  openVisit: 'Open your visit',
  answerOffer: 'See the offer and answer it',
  calendar: {
    summary: (clinic) => `Appointment at ${clinic}`,
    with: (practitioner) => `With ${practitioner}.`,
    join: 'Join:',
    video: 'Video visit',
  },
};

const es: Words = {
  letters: {
    booked: { subject: 'Su cita', says: 'Su cita está reservada.' },
    moved: { subject: 'Su cita tiene una nueva hora', says: 'Su cita se ha cambiado. Esta es la nueva hora.' },
    cancelled: { subject: 'Su cita está cancelada', says: 'Su cita se ha cancelado.' },
    offered: {
      subject: 'Hay una hora libre para usted',
      says: 'La hora que esperaba está libre y reservada para usted.',
    },
    reminder: { subject: 'Su cita se acerca', says: 'Le recordamos su cita.' },
  },
  hello: (name) => `Hola, ${name}:`,
  visit: (when, practitioner) => `${when}, con ${practitioner}.`,
  video: 'Es una visita por vídeo.',
  place: (name) => `Lugar: ${name}.`,
  heldUntil: (when) => `Se la guardamos hasta el ${when}. Después se ofrece a la siguiente persona.`,
  openVisit: 'Abrir su visita',
  answerOffer: 'Ver la oferta y responder',
  calendar: {
    summary: (clinic) => `Cita en ${clinic}`,
    with: (practitioner) => `Con ${practitioner}.`,
    join: 'Entrar:',
    video: 'Visita por vídeo',
  },
};

const hi: Words = {
  letters: {
    booked: { subject: 'आपकी अपॉइंटमेंट', says: 'आपकी अपॉइंटमेंट बुक हो गई है।' },
    moved: { subject: 'आपकी अपॉइंटमेंट का समय बदल गया है', says: 'आपकी अपॉइंटमेंट का समय बदल दिया गया है। नया समय यह है।' },
    cancelled: { subject: 'आपकी अपॉइंटमेंट रद्द हो गई है', says: 'आपकी अपॉइंटमेंट रद्द कर दी गई है।' },
    offered: {
      subject: 'आपके लिए एक समय खाली है',
      says: 'जिस समय की आप प्रतीक्षा कर रहे थे, वह खाली है और आपके लिए रखा गया है।',
    },
    reminder: { subject: 'आपकी अपॉइंटमेंट आने वाली है', says: 'यह आपकी अपॉइंटमेंट की याद दिलाने के लिए है।' },
  },
  hello: (name) => `नमस्ते ${name},`,
  visit: (when, practitioner) => `${when}, ${practitioner} के साथ।`,
  video: 'यह एक वीडियो विज़िट है।',
  place: (name) => `स्थान: ${name}।`,
  heldUntil: (when) => `यह ${when} तक आपके लिए रखा गया है। उसके बाद अगले व्यक्ति से पूछा जाएगा।`,
  openVisit: 'अपनी विज़िट खोलें',
  answerOffer: 'प्रस्ताव देखें और उत्तर दें',
  calendar: {
    summary: (clinic) => `${clinic} में अपॉइंटमेंट`,
    with: (practitioner) => `${practitioner} के साथ।`,
    join: 'जुड़ें:',
    video: 'वीडियो विज़िट',
  },
};

const catalogue = { en, es, hi };
export type Language = keyof typeof catalogue;

export function wordsOf(language: Language): Words {
  return catalogue[language];
}

/** The first of these that there is a catalogue for; English when there is none. Takes language tags (BCP 47). */
export function languageOf(...tags: readonly (string | null)[]): Language {
  for (const tag of tags) {
    const language = tag?.split('-')[0]?.toLowerCase();
    if (language !== undefined && isLanguage(language)) return language;
  }
  return 'en';
}

function isLanguage(text: string): text is Language {
  return Object.hasOwn(catalogue, text);
}
