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
    en: 'want, wants, wanna, wanted, wish, would rather, going to, gonna, just want, rather, hope, thinking of, ready, will, planning, prefer, decided to, going to',
    hi: 'चाहता, चाहती, मन, जाना, बेहतर, अच्छा, चाहिए',
    lat: 'chahta, chahti, mann, man, accha, behtar, chahata, chata, chahiye',
    es: 'quiero, quisiera, quiere, ojala, ganas, gustaria, pienso, voy a, va a, mejor, prefiero, preferiria, he decidido',
  },
  die: {
    en: 'die, dead, dying, death, never wake up, not wake up, be gone',
    hi: 'मरना, मर जाना, मर जाऊं, मर जाऊँ, मर जाऊंगा, मर जाऊंगी, मर, मरने',
    lat: 'marna, mar jana, mar jau, mar jaun, mar jaunga, mar jaungi, marne, maut, mar jaye',
    es: 'morir, morirme, muerto, muerta, muerte, no despertar, no despertara, morirse, matarme, muere uno, morirse uno',
  },
  deathWish: {
    en: 'wish i was dead, rather be dead, want to be dead, wish i were dead, better off dead, better off without me, want to die, ready to die, not wake up tomorrow, nobody would miss me, no one would miss me, miss me if i was gone, done with this life, done with life, never wake up again, want to disappear forever, if i wasnt around, if i werent around, if i wasnt here, if i werent here, wont be alive, not be alive, wont be here tomorrow, wont be around much longer, want it to be over, want it all to end, want everything to end, want to be gone, want to disappear, nothing left for me, no future for me, decided to go, make it all stop, dont want to be here anymore, dont want to exist, dont want to wake up, dont want to be alive, not want to be alive, sleep and never wake',
    hi: 'मर जाना चाहता, मर जाना चाहती, मरना चाहता, मरना चाहती, मर जाऊं तो, मर जाऊँ तो, मर जाना चाहिए, मर जाऊंगा, मर जाऊंगी, मरने का मन, सब खत्म',
    lat: 'mar jana chahta, mar jana chahti, marna chahta, marna chahti, mar jau to, mar jaun to, mar jane ka man, marne ka man, mar jana chahiye, sab khatam kar, sab khatam, marne ka mann',
    es: 'mejor sin mi, quiero morirme, quiero morir, ojala estuviera muerto, ojala no despertara, mejor muerto, mejor muerta, desaparecer para siempre, quiero desaparecer, estaria mejor muerto, prefiero morir, prefiero morirme, prefiero estar muerto, no quiero despertar, no quiero estar aqui, no quiero existir, que todo acabe, que todo termine',
  },
  live: {
    en: 'live, living, alive, go on, be here anymore, exist',
    hi: 'जीना, जीने, जिंदा, ज़िंदगी',
    lat: 'jeena, jeene, zinda, jina, jine',
    es: 'vivir, viviendo, seguir viviendo, seguir',
  },
  worthless: {
    en: 'isnt worth living, not worth living, no reason to live, nothing to live for, cant go on, no point in living, no point living, point of living, tired of living, hate my life and want it over, what is the point, point in going on, no point in going on, cant do this anymore',
    hi: 'जिंदगी से तंग, जीने का मन नहीं, जीने की इच्छा नहीं, जीना नहीं, नहीं जीना, और नहीं जीना, जीने का कोई मतलब, जीने का मतलब, ज़िंदगी से थक, जिंदगी से थक, ज़िंदगी से हार',
    lat: 'zindagi se tang, jeene ka mann nahi, jeene ki ichha nahi, jeena nahi, jina nahi chahta, jeena nahi chahti, nahi jeena, aur nahi jeena, jeene ka koi matlab, jeene ka matlab, zindagi se thak, zindagi se haar',
    es: 'no vale la pena vivir, cansado de vivir, cansada de vivir, no quiero vivir, no quiero seguir viviendo, no tengo motivos para vivir, sentido a la vida, sentido la vida, ganas de vivir, motivos para vivir, no puedo con mi vida',
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
    es: 'matarme, me quiero matar, se quiere matar, quiero matarme, quitarme la vida, quitarse la vida, ahorcarme, colgarme, ahorcarse, hacerme dano, tirarme del puente, tirar del puente, tirarme por, tirarse del, tirarme al, cortarme las venas, me corto los brazos, me corto las venas, acabar con mi vida, acabar con su vida, acabar con todo, no aguanto mas la vida, despedirme de todos, lastimarme, autolesiono, autolesiones, autolesionarme, matarse, matarme, carta de despedida, nota de despedida, hago cortes, se hace cortes, cortes en los brazos, cortes en las munecas, tirar al tren, tirarme al tren, tirarse al tren, tirar por la ventana, tirarme de, tirarse de, saltar del puente, saltar por la ventana, pegarme un tiro, pegarse un tiro, quitarme de en medio',
    en: 'hang himself, hang herself, hang myself, slit my wrists, cutting my wrists, cut my wrists, take my own life, take my life, taking my own life, end my life, ending my life, end his life, end her life, end it all, ending it all, ending it tonight, end everything tonight, jump off, she will jump, he will jump, will jump, jump from, self harm, selfharm, hurting myself, hurt myself, kill myself, kill himself, kill herself, killing myself, shoot himself, shoot myself, drown myself, goodbye letter, suicide note, wrote a letter to say goodbye, cutting myself, cut myself on purpose, overdose on purpose, goodbye letters, goodbye note, farewell letter, left a note, started cutting, cutting again, keep cutting, hurting myself again, driving into a tree, drive into a tree, driving into a wall, drive off a, tie the noose, noose, burning himself with, burning herself with, burning myself with, slit his wrists, slit her wrists, wrists open, take his own life, take her own life, taking his own life, taking her own life, gas myself, starve myself to death',
    hi: 'फांसी, फाँसी, जान दे, जान देने, जान लेना, अपनी जान, ज़हर खा लेगा, ज़हर खा लूँगा, जहर खा लूंगा, नस काट, कलाई काट, सब खत्म कर देना, खुद को मार, खुद को खत्म, खुद को चोट, ज़िंदगी खत्म, जिंदगी खत्म, नस काटने, नस काट, ट्रेन के नीचे, ट्रेन के आगे, पंखे से लटक, लटक जाऊं, लटक जाऊंगा, छत से कूद, कूद जाऊं, सुसाइड नोट, नदी में कूद',
    lat: 'fansi, phansi, faansi, jaan de, jaan dene, jaan lena, apni jaan, zeher kha lunga, zeher kha lungi, nas kaat, nas kaatne, kalai kaat, zindagi khatam, khud ko khatam, khud ko maar, khud ko nuksan, jaan de dunga, jaan de dungi, zindagi khatm, train ke aage, train ke niche, pankhe se latak, latak jaunga, latak jaungi, chhat se kood, kood jaunga, kood jaungi, suicide note, nadi me kood, nas kaatna, kalai kaatne',
  },
  method: {
    en: 'painless way, painlessly, easiest way, least painful, lethal dose, fatal dose, best way, quickest way, without pain, way to, easy way, easiest, quick way',
    hi: 'बिना दर्द, सबसे आसान, तरीका, आसानी से, आसान तरीका',
    lat: 'bina dard, sabse aasan, tarika, aasan tareeka, bina takleef, aasani se',
    es: 'menos dolorosa, sin dolor, forma mas rapida, la forma, la manera, dosis letal, dosis mortal, hacen falta para, sin sufrir, como se, manera de',
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
    en: 'gun, pistol, rope, blade, razor, noose',
    hi: 'बंदूक, रस्सी, ब्लेड, फंदा',
    lat: 'bandook, rassi, blade, fanda',
    es: 'pistola, cuerda, navaja, soga',
  },
  thoughts: {
    en: 'thoughts of, thinking about, thinking of, think about, keep thinking, dream of, dreaming of, plan to, planning to',
    hi: 'ख्याल, विचार, सोच',
    lat: 'khayal, khyal, vichar, soch',
    es: 'pienso en, pensamientos de, ideas de, pensando en, sueno con',
  },
  burden: { en: 'burden, burden to everyone, burden on', hi: 'बोझ', lat: 'bojh', es: 'carga, estorbo' },
  everyone: {
    en: 'everyone, everybody, all, family, them',
    hi: 'सब, परिवार',
    lat: 'sab, family, parivar',
    es: 'todos, familia',
  },
  leaps: {
    en: 'jump, jumping, stand, standing, throw myself, leap, lie down on',
    hi: 'कूद, लेट',
    lat: 'kood, koodne, let',
    es: 'saltar, tirar, tirarme, salto, lanzarme',
  },
  brink: {
    en: 'bridge, train, tracks, rails, ledge, cliff, off the roof',
    hi: 'पुल, पटरी',
    lat: 'pul, patri',
    es: 'puente, tren, vias, acantilado, azotea',
  },
  ties: {
    en: 'tie, tied, bought, ready, ceiling, fan',
    hi: 'बांध, पंखा',
    lat: 'baandh, pankha',
    es: 'atar, atado, techo',
  },
  intends: {
    en: 'going to take, gonna take, will take, about to take, plan to take, want to take',
    hi: 'खा लूंगा, खा लूंगी, खा लूंगा सारी',
    lat: 'kha lunga, kha lungi, kha jaunga',
    es: 'voy a tomarme, me voy a tomar, voy a tomar, pienso tomarme',
  },
} as const satisfies Lexicon;
