import type { Lexicon } from './entry.ts';

/** Self-harm, in the words of those who mean it. */
export const despair = {
  suicide: {
    en: 'suicide, suicidal, kms, unalive, sucide, end myself, off myself, suicid',
    hi: 'आत्महत्या, खुदकुशी, सुसाइड',
    lat: 'aatmhatya, atmahatya, khudkushi, khudkhushi, suicide',
    es: 'suicidio, suicidarme, suicida, suicidas, suicidarse, suicidar, suicidado, suicidaria',
  },
  wants: {
    en: 'want, wants, wanna, wanted, wish, would rather, going to, gonna, just want, rather, hope, thinking of, ready, will, planning',
    hi: 'चाहता, चाहती, मन, जाना, बेहतर, अच्छा',
    lat: 'chahta, chahti, mann, man, accha, behtar, chahata, chata',
    es: 'quiero, quisiera, quiere, ojala, ganas, gustaria, pienso, voy a, va a, mejor',
  },
  die: {
    en: 'die, dead, dying, death, never wake up, not wake up, be gone',
    hi: 'मरना, मर जाना, मर जाऊं, मर जाऊँ, मर जाऊंगा, मर जाऊंगी, मर',
    lat: 'marna, mar jana, mar jau, mar jaun, mar jaunga, mar jaungi, marne, maut',
    es: 'morir, morirme, muerto, muerta, muerte, no despertar, no despertara, morirse, matarme',
  },
  deathWish: {
    en: 'wish i was dead, rather be dead, want to be dead, wish i were dead, better off dead, better off without me, want to die, ready to die, not wake up tomorrow, nobody would miss me, no one would miss me, miss me if i was gone, done with this life, done with life, never wake up again, want to disappear forever',
    hi: 'मर जाना चाहता, मर जाना चाहती, मरना चाहता, मरना चाहती, मर जाऊं तो, मर जाऊँ तो',
    lat: 'mar jana chahta, mar jana chahti, marna chahta, marna chahti, mar jau to, mar jaun to, mar jane ka man, marne ka man',
    es: 'mejor sin mi, quiero morirme, quiero morir, ojala estuviera muerto, ojala no despertara, mejor muerto, mejor muerta, desaparecer para siempre',
  },
  live: {
    en: 'live, living, alive, go on, be here anymore, exist',
    hi: 'जीना, जीने, जिंदा, ज़िंदगी',
    lat: 'jeena, jeene, zinda, jina, jine',
    es: 'vivir, viviendo, seguir viviendo, seguir',
  },
  worthless: {
    en: 'isnt worth living, not worth living, no reason to live, nothing to live for, cant go on, no point in living, no point living, point of living, tired of living, hate my life and want it over, what is the point',
    hi: 'जिंदगी से तंग, जीने का मन नहीं, जीने की इच्छा नहीं, जीना नहीं, नहीं जीना, और नहीं जीना',
    lat: 'zindagi se tang, jeene ka mann nahi, jeene ki ichha nahi, jeena nahi, jina nahi chahta, jeena nahi chahti, nahi jeena, aur nahi jeena',
    es: 'no vale la pena vivir, cansado de vivir, cansada de vivir, no quiero vivir, no quiero seguir viviendo, no tengo motivos para vivir',
  },
  kill: {
    en: 'kill, killing, hang, hanging, shoot, stab, drown, poison, harm, hurt, hurting, cutting, cut, harming, burning',
    hi: 'मार, चोट, नुकसान',
    lat: 'maar, nuksan, chot, mar',
    es: 'matar, matarme, matarse, colgarme, ahorcarme, ahorcar, cortarme, lastimarme, dano, herirme',
  },
  self: {
    en: 'myself, himself, herself, themselves, themself, self, ourselves, my self, mysel',
    hi: 'खुद को, अपने आप को, खुद',
    lat: 'khud ko, apne aap ko, khud',
    es: 'a mi mismo, a mi misma, hacerme, hacerse',
  },
  harmsSelf: {
    es: 'matarme, me quiero matar, se quiere matar, quiero matarme, quitarme la vida, quitarse la vida, ahorcarme, colgarme, ahorcarse, hacerme dano, tirarme del puente, tirar del puente, tirarme por, tirarse del, tirarme al, cortarme las venas, me corto los brazos, me corto las venas, acabar con mi vida, acabar con su vida, acabar con todo, no aguanto mas la vida, despedirme de todos, lastimarme, autolesiono, autolesiones, autolesionarme',
    en: 'hang himself, hang herself, hang myself, slit my wrists, cutting my wrists, cut my wrists, take my own life, take my life, taking my own life, end my life, ending my life, end his life, end her life, end it all, ending it all, ending it tonight, end everything tonight, jump off, she will jump, he will jump, will jump, jump from, self harm, selfharm, hurting myself, hurt myself, kill myself, kill himself, kill herself, killing myself, shoot himself, shoot myself, drown myself, goodbye letter, suicide note, wrote a letter to say goodbye, cutting myself, cut myself on purpose, overdose on purpose',
    hi: 'फांसी, फाँसी, जान दे, जान देने, जान लेना, अपनी जान, ज़हर खा लेगा, ज़हर खा लूँगा, जहर खा लूंगा, नस काट, कलाई काट, सब खत्म कर देना, खुद को मार, खुद को खत्म, खुद को चोट, ज़िंदगी खत्म, जिंदगी खत्म',
    lat: 'fansi, phansi, faansi, jaan de, jaan dene, jaan lena, apni jaan, zeher kha lunga, zeher kha lungi, nas kaat, nas kaatne, kalai kaat, zindagi khatam, khud ko khatam, khud ko maar, khud ko nuksan, jaan de dunga, jaan de dungi, zindagi khatm',
  },
  method: {
    en: 'painless way, painlessly, easiest way, least painful, lethal dose, fatal dose, best way, quickest way, without pain, way to',
    hi: 'बिना दर्द, सबसे आसान, तरीका',
    lat: 'bina dard, sabse aasan, tarika, aasan tareeka',
    es: 'menos dolorosa, sin dolor, forma mas rapida, la forma, la manera, dosis letal, dosis mortal, hacen falta para',
  },
  lethal: {
    en: 'lethal dose, fatal dose, deadly dose',
    hi: 'जानलेवा खुराक',
    lat: 'jaanleva dose',
    es: 'dosis letal, dosis mortal',
  },
  mortal: {
    en: 'kill, die, dead, lethal, fatal, deadly, death',
    hi: 'मर, मरने, मौत',
    lat: 'mar, marne, mar jata, mar jaye, maut, marna',
    es: 'morir, matar, letal, mortal, mata, muerte',
  },
  gun: {
    en: 'gun, pistol, rope, blade, razor',
    hi: 'बंदूक, रस्सी, ब्लेड',
    lat: 'bandook, rassi, blade',
    es: 'pistola, cuerda, navaja',
  },
} as const satisfies Lexicon;
