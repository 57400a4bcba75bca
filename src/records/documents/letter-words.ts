/** The letter that a document is ready, in the languages that Housecall speaks. */

interface ReadyWords {
  subject: string;
  hello(name: string): string;
  ready: string;
  open: string;
}

const catalogue: Record<string, ReadyWords> = {
  en: {
    subject: 'A document for you',
    hello: (name) => `Hello ${name},`,
    ready: 'Your clinic has a new document for you. Sign in to read it.',
    open: 'See your documents',
  },
  hi: {
    subject: 'आपके लिए एक दस्तावेज़',
    hello: (name) => `नमस्ते ${name},`,
    ready: 'आपके क्लिनिक ने आपके लिए एक नया दस्तावेज़ तैयार किया है। पढ़ने के लिए साइन इन करें।',
    open: 'दस्तावेज़ देखें',
  },
  es: {
    subject: 'Un documento para usted',
    hello: (name) => `Hola, ${name}:`,
    ready: 'Su clínica tiene un documento nuevo para usted. Inicie sesión para leerlo.',
    open: 'Ver sus documentos',
  },
  ta: {
    subject: 'உங்களுக்கான ஓர் ஆவணம்',
    hello: (name) => `வணக்கம் ${name},`,
    ready: 'உங்கள் மருத்துவமனை உங்களுக்காகப் புதிய ஆவணம் ஒன்றைத் தயாரித்துள்ளது. படிக்க உள்நுழையவும்.',
    open: 'ஆவணங்களைப் பார்க்க',
  },
};

/** In the first of these languages that there are words for, else in English. */
export function readyWords(...tags: readonly (string | null)[]): ReadyWords & { language: string } {
  for (const tag of tags) {
    const language = tag?.split('-')[0]?.toLowerCase() ?? '';
    const words = Object.hasOwn(catalogue, language) ? catalogue[language] : undefined;
    if (words) return { ...words, language };
  }
  return { ...(catalogue['en'] as ReadyWords), language: 'en' };
}
