import type { Disclaimer, Emergency, Language } from './verdict.ts';

export interface ClinicWords {
  /** 108 in India, 112 in Europe; the clinic's setting. */
  emergencyNumber: string;
  clinicName: string;
}

/** Three sentences of each language: act now, what to do meanwhile, what this clinic's chat cannot do. */
const emergency: Record<Language, (words: ClinicWords) => string> = {
  en: ({ emergencyNumber, clinicName }) =>
    `This may be an emergency. Call ${emergencyNumber} now, or go to the nearest emergency department; do not wait for a reply here. ` +
    `Stay with the person, keep the phone on loudspeaker and do what the operator says. ` +
    `The chat of ${clinicName} cannot send help.`,
  hi: ({ emergencyNumber, clinicName }) =>
    `यह आपात स्थिति हो सकती है। अभी ${emergencyNumber} पर फ़ोन करें या सबसे नज़दीकी आपातकालीन विभाग जाएँ; यहाँ जवाब का इंतज़ार न करें। ` +
    `मरीज़ के साथ रहें, फ़ोन स्पीकर पर रखें और ऑपरेटर जो कहे वही करें। ` +
    `${clinicName} की चैट मदद नहीं भेज सकती।`,
  'hi-Latn': ({ emergencyNumber, clinicName }) =>
    `Yeh emergency ho sakti hai. Abhi ${emergencyNumber} par phone karein ya sabse nazdeeki emergency department jaayein; yahan jawab ka intezaar na karein. ` +
    `Mareez ke saath rahein, phone speaker par rakhein aur operator jo kahe wahi karein. ` +
    `${clinicName} ki chat madad nahi bhej sakti.`,
  es: ({ emergencyNumber, clinicName }) =>
    `Esto puede ser una emergencia. Llame ahora al ${emergencyNumber} o vaya al servicio de urgencias más cercano; no espere una respuesta aquí. ` +
    `Quédese con la persona, ponga el teléfono en altavoz y siga las indicaciones del operador. ` +
    `El chat de ${clinicName} no puede enviar ayuda.`,
};

/** Follows what WHO's "Preventing suicide" asks of an answer: taken seriously, not judged, not alone, means out of reach. */
const selfHarm: Record<Language, (words: ClinicWords) => string> = {
  en: ({ emergencyNumber, clinicName }) =>
    `I am glad that you wrote this, and I am sorry that it hurts so much. You do not have to be alone with it. ` +
    `Please call ${emergencyNumber} now, or go to the nearest emergency department, and tell them what you told me. ` +
    `Until somebody is with you, put away whatever you could hurt yourself with, and call a person you trust. ` +
    `This is an automatic reply of ${clinicName}, so please do not wait here: a person must hear this now.`,
  hi: ({ emergencyNumber, clinicName }) =>
    `अच्छा हुआ कि आपने यह लिखा, और मुझे दुख है कि आप इतनी तकलीफ़ में हैं। आपको इसमें अकेले रहने की ज़रूरत नहीं है। ` +
    `कृपया अभी ${emergencyNumber} पर फ़ोन करें या सबसे नज़दीकी आपातकालीन विभाग जाएँ और वहाँ वही बताएँ जो मुझे बताया। ` +
    `जब तक कोई आपके पास न आए, जिस चीज़ से आपको चोट लग सकती है उसे दूर रख दें और किसी भरोसे के व्यक्ति को फ़ोन करें। ` +
    `यह ${clinicName} का स्वचालित जवाब है, इसलिए यहाँ इंतज़ार न करें: किसी इंसान को यह अभी सुनना चाहिए।`,
  'hi-Latn': ({ emergencyNumber, clinicName }) =>
    `Achha hua ki aapne yeh likha, aur mujhe dukh hai ki aap itni takleef mein hain. Aapko ismein akele rehne ki zaroorat nahi hai. ` +
    `Kripya abhi ${emergencyNumber} par phone karein ya sabse nazdeeki emergency department jaayein aur wahan wahi bataayein jo mujhe bataya. ` +
    `Jab tak koi aapke paas na aaye, jis cheez se aapko chot lag sakti hai use door rakh dein aur kisi bharose ke vyakti ko phone karein. ` +
    `Yeh ${clinicName} ka automatic jawab hai, isliye yahan intezaar na karein: kisi insaan ko yeh abhi sunna chahiye.`,
  es: ({ emergencyNumber, clinicName }) =>
    `Me alegra que lo haya escrito, y siento que sufra tanto. No tiene que pasar por esto a solas. ` +
    `Por favor, llame ahora al ${emergencyNumber} o vaya al servicio de urgencias más cercano y cuente lo mismo que me ha contado. ` +
    `Hasta que alguien esté con usted, aleje aquello con lo que podría hacerse daño y llame a una persona de confianza. ` +
    `Esta es una respuesta automática de ${clinicName}, así que no espere aquí: una persona tiene que oírlo ahora.`,
};

const disclaimer: Record<Language, (about: string) => string> = {
  en: (about) =>
    `I cannot ${about}: that needs a clinician who knows you and your history. Please do not change any medicine on the word of a chat. ` +
    `Shall I look for a free appointment with a doctor? If you get worse suddenly, call the emergency number.`,
  hi: (about) =>
    `मैं ${about}: इसके लिए ऐसे चिकित्सक की ज़रूरत है जो आपको और आपका इतिहास जानते हों। कृपया चैट के कहने पर कोई दवा न बदलें। ` +
    `क्या मैं डॉक्टर के साथ खाली अपॉइंटमेंट ढूँढूँ? हालत अचानक बिगड़े तो आपातकालीन नंबर पर फ़ोन करें।`,
  'hi-Latn': (about) =>
    `Main ${about}: iske liye aise doctor ki zaroorat hai jo aapko aur aapki history jaante hon. Kripya chat ke kehne par koi dawa na badlein. ` +
    `Kya main doctor ke saath khaali appointment dhoondhoon? Haalat achanak bigde to emergency number par phone karein.`,
  es: (about) =>
    `No puedo ${about}: eso le corresponde a un profesional que conozca su caso. Por favor, no cambie ninguna medicación por lo que diga un chat. ` +
    `¿Busco una cita libre con un médico? Si empeora de repente, llame al número de emergencias.`,
};

const asked: Record<Language, Record<Disclaimer['ask'], string>> = {
  en: {
    prescribe: 'prescribe or choose a medicine',
    diagnose: 'say what illness somebody has, or what a result means for them',
    dose: 'say how much of a medicine to take, or how often',
    start: 'say whether a medicine is right or safe to take',
    stop: 'say whether to stop, skip or change a medicine',
  },
  hi: {
    prescribe: 'कोई दवा लिख या चुन नहीं सकता',
    diagnose: 'यह नहीं बता सकता कि कौन सी बीमारी है या किसी जाँच का क्या मतलब है',
    dose: 'यह नहीं बता सकता कि दवा कितनी या कितनी बार लेनी है',
    start: 'यह नहीं बता सकता कि कोई दवा लेना ठीक या सुरक्षित है या नहीं',
    stop: 'यह नहीं बता सकता कि कोई दवा बंद करें, छोड़ें या बदलें',
  },
  'hi-Latn': {
    prescribe: 'koi dawa likh ya chun nahi sakta',
    diagnose: 'yeh nahi bata sakta ki kaun si bimari hai ya kisi jaanch ka kya matlab hai',
    dose: 'yeh nahi bata sakta ki dawa kitni ya kitni baar leni hai',
    start: 'yeh nahi bata sakta ki koi dawa lena theek ya surakshit hai ya nahi',
    stop: 'yeh nahi bata sakta ki koi dawa band karein, chhodein ya badlein',
  },
  es: {
    prescribe: 'recetar ni elegir un medicamento',
    diagnose: 'decir qué enfermedad tiene alguien ni qué significa un resultado',
    dose: 'decir cuánto tomar de un medicamento ni cada cuánto',
    start: 'decir si un medicamento es adecuado o seguro',
    stop: 'decir si dejar, saltarse o cambiar un medicamento',
  },
};

/** What the asker reads at once, in their language, without any network. */
export function emergencyReply(verdict: Emergency, words: ClinicWords): string {
  const replies = verdict.sign === 'self_harm' ? selfHarm : emergency;
  return replies[verdict.language](words);
}

/** The standard disclaimer for what was asked, with an offer to book. */
export function disclaimerReply(verdict: Disclaimer): string {
  return disclaimer[verdict.language](asked[verdict.language][verdict.ask]);
}
