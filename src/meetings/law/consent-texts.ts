/**
 * What a patient agrees to before they are seen at a distance, by language. `teleconsultationPolicy` in schema.ts names
 * the text for good: whoever changes a word gives it a new one. A language is whole or not here.
 */
import { teleconsultationPolicy } from './schema.ts';

export interface ConsentText {
  language: 'en' | 'hi' | 'es';
  /** The language by its own name. */
  languageName: string;
  title: string;
  paragraphs: readonly string[];
  agree: string;
  /** What to do instead when it is an emergency; `{{number}}` is the clinic's emergency number. */
  emergency: string;
}

export const consentTexts: readonly ConsentText[] = [
  {
    language: 'en',
    languageName: 'English',
    title: 'Do you agree to be seen by video?',
    paragraphs: [
      'The doctor sees and hears you over the internet and cannot examine you by hand. If that is not enough, the doctor will ask you to come in.',
      'What you talk about is confidential and is kept with your record, as in a visit on site. The picture and the sound are not recorded.',
      'You may end the visit and take this back at any time, without giving a reason and without a disadvantage to you.',
    ],
    agree: 'Yes, I agree',
    emergency: 'This is not for emergencies. If it is urgent, call {{number}} now or go to the nearest hospital.',
  },
  {
    language: 'hi',
    languageName: 'हिन्दी',
    title: 'क्या आप वीडियो से परामर्श लेने के लिए सहमत हैं?',
    paragraphs: [
      'डॉक्टर आपको इंटरनेट से देखेंगे और सुनेंगे, हाथ से जाँच नहीं कर सकेंगे। अगर यह काफ़ी न हो, तो डॉक्टर आपको क्लिनिक आने के लिए कहेंगे।',
      'आपकी बातचीत गोपनीय है और क्लिनिक में मिलने की तरह ही आपके रिकॉर्ड में रखी जाती है। वीडियो और आवाज़ रिकॉर्ड नहीं की जाती।',
      'आप कभी भी, बिना कारण बताए और बिना किसी नुकसान के, परामर्श रोक सकते हैं और यह सहमति वापस ले सकते हैं।',
    ],
    agree: 'हाँ, मैं सहमत हूँ',
    emergency: 'यह आपातकाल के लिए नहीं है। अगर हालत गंभीर है, तो अभी {{number}} पर फ़ोन करें या नज़दीकी अस्पताल जाएँ।',
  },
  {
    language: 'es',
    languageName: 'Español',
    title: '¿Acepta ser atendido por vídeo?',
    paragraphs: [
      'El médico le ve y le oye por internet y no puede explorarle con las manos. Si eso no basta, le pedirá que venga a la consulta.',
      'Lo que hablen es confidencial y se guarda en su historia clínica, como en una visita presencial. La imagen y el sonido no se graban.',
      'Puede terminar la visita y retirar este consentimiento cuando quiera, sin dar motivos y sin que le perjudique.',
    ],
    agree: 'Sí, acepto',
    emergency: 'Esto no es para urgencias. Si es urgente, llame ahora al {{number}} o vaya al hospital más cercano.',
  },
];

/** Whether this very text was shown by us. */
export function isOurText(policyId: string, language: string): boolean {
  return policyId === teleconsultationPolicy && consentTexts.some((text) => text.language === language);
}
