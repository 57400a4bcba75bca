/** The letter that a result has come, in the languages that Housecall speaks. */

interface ResultWords {
  subject: string;
  hello(name: string): string;
  patient: string;
  doctor: string;
  open: string;
}

const catalogue: Record<string, ResultWords> = {
  en: {
    subject: 'A new result',
    hello: (name) => `Hello ${name},`,
    patient: 'A new result is ready for you. Sign in to see it.',
    doctor: 'A new result has come for a patient of yours. Sign in to see it.',
    open: 'See the files',
  },
  hi: {
    subject: 'नई जाँच रिपोर्ट',
    hello: (name) => `नमस्ते ${name},`,
    patient: 'आपकी एक नई रिपोर्ट आ गई है। देखने के लिए साइन इन करें।',
    doctor: 'आपके एक मरीज़ की नई रिपोर्ट आई है। देखने के लिए साइन इन करें।',
    open: 'फ़ाइलें देखें',
  },
  es: {
    subject: 'Un resultado nuevo',
    hello: (name) => `Hola, ${name}:`,
    patient: 'Tiene un resultado nuevo. Inicie sesión para verlo.',
    doctor: 'Ha llegado un resultado nuevo de un paciente suyo. Inicie sesión para verlo.',
    open: 'Ver los archivos',
  },
  ta: {
    subject: 'புதிய பரிசோதனை முடிவு',
    hello: (name) => `வணக்கம் ${name},`,
    patient: 'உங்களுக்கான புதிய முடிவு வந்துள்ளது. பார்க்க உள்நுழையவும்.',
    doctor: 'உங்கள் நோயாளி ஒருவரின் புதிய முடிவு வந்துள்ளது. பார்க்க உள்நுழையவும்.',
    open: 'கோப்புகளைப் பார்க்க',
  },
};

/** In the first of these languages that there are words for, else in English. */
export function resultWords(...tags: readonly (string | null)[]): ResultWords & { language: string } {
  for (const tag of tags) {
    const language = tag?.split('-')[0]?.toLowerCase() ?? '';
    const words = Object.hasOwn(catalogue, language) ? catalogue[language] : undefined;
    if (words) return { ...words, language };
  }
  return { ...(catalogue['en'] as ResultWords), language: 'en' };
}
