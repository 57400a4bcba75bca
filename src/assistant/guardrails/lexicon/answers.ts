import type { Lexicon } from './entry.ts';

/** How an answer tells somebody what they have, should take or may leave. */
export const answers = {
  youHave: {
    en: `you have, you probably have, you likely have, you might have, you may have, you are, youre, you seem to have, you suffer, you are suffering, this is most likely, this is likely, this is probably,
      most likely, it sounds like, sounds like, it looks like, looks like, this looks like, it could well be, could be, it is probably, its probably, consistent with, symptoms suggest, points to, suggests, which means, this is, that mole is, that is, this patient has,
      the patient has, he has, she has, it might be, this may be, report is, result is, indicates`,
    hi: 'आपको, यह, लगता है, हो सकता है, आप को',
    lat: 'aapko, lagta hai, ye, yeh, ho sakta hai, apko',
    es: 'usted tiene, tiene usted, tienes, probablemente tiene, parece, parece una, podria ser, probablemente, lo que tiene, puede ser, se trata de, es probable',
  },
  adviseTake: {
    en: `i recommend, i would recommend, i suggest, i advise, i prescribe, i am prescribing, im prescribing, i have prescribed, you should take, you should use, try, take, use, ask at the pharmacy for, ask the pharmacist for, go for, you need, swallow, inject, apply, give, get some, you could take, get yourself`,
    hi: 'ले लीजिए, लें, लीजिए, दीजिए, खाइए, ले लें, खाएं, लगाइए, दें',
    lat: 'le lijiye, lijiye, lein, dijiye, khaiye, khayein, le lo, kha lo, lagaiye, lo',
    es: 'le recomiendo, te recomiendo, recomiendo, deberia tomar, debe tomar, tome, toma, use, dele, pongase, pruebe, aplique, inyectese, le receto, te receto',
  },
  mayTake: {
    en: 'you may take, you can take, you can use, safe to take, it is safe, its safe, safe to use, fine to take, ok to take, okay to take, good to start, should start, start taking, start a, begin taking, you can combine, you can mix, you can give, go ahead and take',
    hi: 'ले सकते, ले सकती, सुरक्षित है, शुरू कर',
    lat: 'le sakte, le sakti, safe hai, shuru kar, kha sakte',
    es: 'puede tomar, puedes tomar, es seguro tomar, puede empezar, empiece, puede darle, puede usar, puedes usar',
  },
  mayStop: {
    en: 'you can stop, stop taking, fine to skip, ok to skip, okay to skip, you can skip, just reduce, reduce the, reduce your, quit the, you can quit, stop the, you may stop, come off, cut down, halve, drop the, stop your, skip your',
    hi: 'बंद कर, छोड़ सकते, छोड़ दें, कम कर',
    lat: 'band kar, chhod sakte, chhod dijiye, kam kar',
    es: 'puede dejar, puedes dejar, deje de tomar, deja de tomar, puede suspender, suspenda, reduzca, puede saltarse',
  },
  frequency: {
    en: 'daily, a day, per day, every, times, twice, once, three times, hours, tonight, now, each, morning, instead',
    hi: 'दिन में, हर, बार, सुबह, रात',
    lat: 'din me, har, baar, subah, raat',
    es: 'cada, al dia, veces, horas, por la manana, diario',
  },
  doseAmount: {
    en: 'your dose, the dose, double your dose, double the dose, usual adult dose, usual dose',
    es: 'la dosis habitual, la dosis',
  },
  /** It says that somebody else must say it, or what holds only in a case. */
  leavesOpen: {
    en: `cannot, cant, can not, not able, unable, without talking, without speaking, as prescribed, as directed, ask your doctor, your doctor can, a doctor can, only be decided, list of, bring, please ask, not a doctor, your doctor may`,
    hi: 'नहीं बता, न करें, पूछे बिना, या नहीं, डॉक्टर बताएंगे, नहीं सकता',
    lat: 'nahi bata, na karein, pooche bina, ya nahi, doctor hi, doctor batayenge, nahi sakta, nahi sakti, na badlein, ke kehne',
    es: 'no puedo, no deje, sin hablar, sin consultar, eso lo decide',
  },
  /** Opens a sentence that is true only then, or says what not to do. */
  condition: {
    en: 'if, whether, never, do not, dont, when, unless',
    hi: 'अगर, यदि',
    lat: 'agar, yadi',
    es: 'si, no, nunca, cuando',
  },
  signed: {
    en: 'i have sent the prescription, sent the prescription, i prescribed, i have prescribed, signed it, i signed, i have issued, prescription issued, i have written the prescription',
    hi: 'पर्ची भेज दी',
    lat: 'prescription bhej di, parchi bhej di',
    es: 'he enviado la receta, he recetado, he firmado, receta enviada, he emitido',
  },
} as const satisfies Lexicon;
