import type { Lexicon } from './entry.ts';

/** What turns a sentence about danger into one about something else: negation, the past, knowledge, sources, jokes, devices. */
export const frames = {
  not: {
    en: 'no, not, never, without, none, nor, neither, dont, doesnt, didnt, isnt, arent, wasnt, werent, havent, hasnt, hadnt, nobody, denies, aint, nothing',
    hi: 'नहीं, न, ना, मत, बिना',
    lat: 'nahi, nhi, mat, bina, na',
    es: 'no, ni, sin, nunca, jamas, tampoco, nadie',
  },
  cant: {
    en: 'cant, cannot, couldnt, unable, not able, wont, can not, not, isnt, dont, doesnt, hasnt, havent, never, no, nothing, arent, didnt, barely, hardly, kant, cnt',
    hi: 'नहीं, न, ना',
    lat: 'nahi, nhi, na',
    es: 'no, sin, ni',
  },
  /** Gives out, where a body should go on. */
  fails: {
    en: 'stopped, stops, stopping, gone, failing, lost',
    hi: 'बंद, रुक, मुश्किल, कम, गायब',
    lat: 'band, ruk, kam, gayab',
    es: 'cuesta, apenas, dejo de, perdio, paro',
  },
  notAbout: {
    en: 'know, sure, well, good, sleeping, sleep, wait, idea, only, just, help, working, going away, go away, better, stop, stopping, believe, understand, want, okay, ok, emergency, gas, joking, care, matter, feeling, happy, call, stand, bear, take it, forget, coming, come, available, answering, here, picking, sleeping, eating, felt, such, relief, like this',
    hi: 'पता, समझ, सिर्फ, रुक, रोक',
    lat: 'pata, samajh, sirf, ruk, mazak, jhooth',
    es: 'se, puedo, aguanto, quita, para, solo, me digas, bromeo, sabe, creo, soporto, deja, consigo, logro, entiende, fuerzas, energia, dinero',
  },
  past: {
    en: 'last year, last month, years ago, months ago, year ago, as a child, as a kid, when i was a, used to, in the past, resolved, family history, back in, years back, died of, died from, passed away, in childhood, the 90s, the 80s, long ago, long time ago, decades ago, a decade ago, during the operation, during surgery, in my twenties, childhood, when i was young, when i was little, when i was a kid',
    hi: 'पिछले साल, साल पहले, महीने पहले, बचपन, गुजर गए, साल पुरानी, पिछले महीने',
    lat: 'pichle saal, saal pehle, mahine pehle, bachpan, guzar gaye, pichle mahine, saal pahle',
    es: 'hace anos, anos atras, el ano pasado, ano pasado, mes pasado, de nino, de nina, de pequeno, de pequena, murio de, fallecio, en el pasado, de joven, hace meses, hace muchos anos, hace mucho, en la infancia, meses atras, hace un ano, hace dos anos, hace tres anos, hace cinco anos, hace diez anos, hace varios anos, hace unos anos',
  },
  year: { en: 'in 20, since 20' },
  again: {
    en: 'again, came back, is back, right now, back again, still, this morning, having, currently, at the moment',
    hi: 'फिर से, दोबारा, फिर',
    lat: 'phir se, dobara, phir',
    es: 'otra vez, de nuevo, ahora mismo, volvio',
  },
  since: { en: 'since, for', hi: 'से', lat: 'se', es: 'desde' },
  now: { en: 'now, today', hi: 'अब, आज, अभी', lat: 'ab, aaj, abhi', es: 'ahora, hoy' },
  info: {
    en: `what is a, what is an, what is, what are, whats a, signs of, symptoms of, warning signs, how to prevent, how to recognise, how to recognize, how do you recognise,
      how does, explain, tell me about, what causes, why do people, difference between, what happens, risk factors, what does, learn about, information about, information on, how common, more common, meaning of, definition, prevention, first aid for, how can you tell, how does a, how does an, how does the, how do doctors, how do antibiotics, how do people, how do vaccines, how do you treat, how is a, how is the, how is, how are, how do seizures, how do strokes, how does`,
    hi: 'लक्षण, क्या होता, क्या होती, कैसे होता, कैसे फैलता, क्यों होता, क्यों पड़ता, से बचें, बचाव, कारण, किसे कहते',
    lat: 'lakshan, lakshan kya, kya hota, kya hoti, kyu padta, kyu hota, kyon padta, kaise hota, kaise failta, karan, kaise bache, kise kehte, bachav, kyun padta, kyun hota',
    es: 'sintomas de, cuales son, que es, que son, como prevenir, en que consiste, para que sirve, como se contagia, como se trata, senales de, prevencion, como reconocer, causas de, diferencia entre, informacion sobre, que causa',
  },
  personal: {
    en: 'my, i am, im, i have, ive, me, he, she, his, her, hes, shes, him, father, mother, husband, wife, dad, mom, mum, daughter, grandma, grandpa, we, our, someone here, please help, has',
    hi: 'मेरे, मेरी, मेरा, मुझे, पापा, माँ, मां, पिताजी, पत्नी, पति, बेटा, बेटी, दादी, दादा, उसको, उन्हें',
    lat: 'mere, meri, mera, mujhe, papa, mummy, pitaji, wife, pati, beta, beti, dadi, dada, usko, unhe, bhai, behen',
    es: 'mi, me, tengo, padre, madre, papa, mama, esposo, esposa, marido, hijo, hija, abuela, abuelo, tiene, estoy, esta, le',
  },
  source: {
    en: 'leaflet, website, webpage, form, your page, poster, brochure, brochures, book, article, film, movie, webinar, questionnaire, awareness, project, documentary, podcast, survey, song, newspaper, news, course, class, seminar, read about, talk about the',
    hi: 'किताब, फॉर्म, फिल्म, वेबसाइट, लेख, पोस्टर, अखबार',
    lat: 'kitab, form, film, website, lekh, poster, akhbar, movie',
    es: 'folleto, formulario, pagina, libro, articulo, pelicula, cartel, cuestionario, charla, documental, noticia, jornada',
  },
  someoneElse: {
    en: 'patient, patients, pt, pts, he, she, him, her, his, child, man, woman, infant, client, they, adult, elderly, student, students, trainee, relatives, article',
    hi: 'मरीज, मरीज़, रोगी, मरीजों, बच्चे, बच्चों',
    lat: 'mareez, marij, patient, mariz, rogi, bacche',
    es: 'paciente, pacientes, nino, hombre, mujer, el senor, estudiante',
  },
  ownBody: { en: 'myself, me, own, i am a doctor', es: 'yo misma, yo mismo', lat: 'main khud, khud', hi: 'खुद' },
  person: {
    en: 'he, she, him, her, father, mother, husband, wife, dad, daddy, mom, mum, mama, son, daughter, grandma, grandpa, grandmother, grandfather, brother, sister, uncle, aunt, friend, man, lady, baby, child, roommate, neighbour, neighbor, colleague, toddler, infant, patient, visitor, somebody, someone',
    hi: 'पापा, माँ, मां, पिताजी, पत्नी, पति, बेटा, बेटी, दादी, दादा, दादाजी, चाचा, भाई, बहन, मरीज, दोस्त, नानी, बच्चा, बच्ची, वह, वो',
    lat: 'papa, mummy, maa, pitaji, wife, pati, patni, beta, beti, dadi, dada, chacha, bhai, behen, mareez, dost, nani, nana, uncle, aunty, bhabhi, baccha, aadmi',
    es: 'padre, madre, papa, mama, esposo, esposa, marido, mujer, hijo, hija, abuela, abuelo, hermano, hermana, tio, tia, amigo, amiga, senor, senora, suegro, suegra, paciente, hombre, bebe, nino, nina',
  },
  device: {
    en: 'app, camera, microphone, mic, phone, laptop, screen, battery, internet, connection, wifi, website, link, page, computer, server, email, message, messages, button, doctor, reception, line, staff, portal, video, audio, browser, tablet computer, printer, otp, analyser, machine, system, alarm',
    hi: 'ऐप, कैमरा, फोन, माइक, वीडियो, इंटरनेट, डॉक्टर, लिंक',
    lat: 'app, camera, phone, mic, video, internet, doctor, link, otp, awaaz, clinic',
    es: 'app, aplicacion, camara, microfono, telefono, pantalla, video, internet, enlace, correo, doctora, doctor, recepcion, nadie, medico',
  },
  idiom: {
    en: `dying to, killing me, killing my, kills me, heart attack jumping, gave me a heart attack, give me a heart attack, almost had a heart attack, nearly had a heart attack, breathe a word, takes my breath away, take my breath away,
      breathtaking, bleeding edge, bleeding money, bleeding hearts, bleeding me dry, stroke of luck, stroke of genius, different strokes, pain in the neck, pain in the ass, broken heart, heart is broken, breaks my heart, my heart goes out, dead tired, dead end, drop dead gorgeous, died laughing, dying laughing, dying of boredom, dying of laughter, could kill for, kill for,
      killed time, kill time, dead serious, deadline, dead battery, stroke unit, stroke clinic, stroke ward, stroke rehab, 
      shoot me an, shoot me a, by heart, heart to heart, heart of the city, dose of good, dose of humor, dose of humour, dose of radiation, dose of reality, mr dose, dr dose, dr pain,
      tablet computer, my tablet shows, samsung tablet, ipad, my tablet wont, on my tablet, fire drill, fire alarm, shock of, prescribe glasses, prescribe contact, prescribe lenses, contact lenses, crash course, website crash, app crashed, out of breath from laughing, choke point,
      hit me up, hit my head against a wall, hit the wrong, pill box, breath of fresh air, hold my breath, save my breath, dead link, play dead, scared to death, bored to death, sick to death, tickled to death, to death, head start, overdose of notifications, overdose of emails, fit in, a fit of laughter, throw a fit, throwing a fit, had a fit when, fit me in, stab at, take a stab, burn out, burned out, burnout, burning question, poison ivy on my wall, snake plant, bit late, a bit, little bit, bit of, be shot in the arm, bit me in the, laughed so hard i couldnt breathe, laughing so hard i couldnt breathe, laughed so hard, laughing so hard, couldnt breathe from laughing, choking on all this, choking on paperwork, took my breath away, fainted when i saw, shot in the dark, joke killed`,
    hi: 'गर्मी से मर, हंसते हंसते मर, हँसते हँसते मर, शर्म से मर, भूख से मर, प्यास से मर, जान निकल गई, जान जा रही',
    lat: 'garmi se mar, garmi se jaan, hasa ke maar, hasa hasa ke maar, has has ke mar, bhookh se mar, sharm se mar, goli maro, goli maar, dimag kharab, dil jeet, dil se, dil khush, jaan nikal, dam ghut gaya bhai',
    es: 'me muero de ganas, me muero de risa, me muero de hambre, me muero de calor, me muero de sueno, me muero de frio, me muero de verguenza, me muero por, muerto de risa, muerta de risa, muerto de hambre, me mata el, trafico me mata, me parto de risa, casi me da un infarto con el susto, casi me da un infarto, infarto con el susto, clinica del dolor, unidad del dolor, toma de corriente, tomar la cita, tomar una foto, tomar foto, tomar asiento, tomar cita, creo que, parece que, de todo corazon, mala pata, mi media naranja, a muerte, punto muerto, golpe de suerte, golpe de estado, peso pesado, no podia respirar de la risa, me ahogo en papeles, me ahogo en trabajo',
  },
  /** A test or a figure, which is not the blood or the heart itself. */
  measure: {
    en: 'blood test, blood tests, blood pressure, blood report, blood reports, blood sugar, blood sample, blood samples, blood thinner, blood thinners, blood group, blood work, blood bank, in my blood, blood count, blood be stored, chest x ray, chest xray, chest xrays, chest scan, chest physio, heart rate, heart check, heart tablets, heart checkup, heart doctor, heart specialist, heart clinic, whose blood we',
    hi: 'खून की जांच, खून की जाँच, खून की रिपोर्ट, खून पतला, खून जांच, खून का सैंपल',
    lat: 'khoon ki jaanch, khoon ki report, khoon patla, khoon jaanch, khoon ka sample, blood test, blood pressure, blood report',
    es: 'analisis de sangre, prueba de sangre, muestra de sangre, presion de la sangre, radiografia de torax, sacar sangre, extraccion de sangre, donar sangre',
  },
  visit: {
    en: 'discuss with a doctor, discuss with the doctor, discuss with my doctor, talk to a doctor about, talk to the doctor about, talk with the doctor, ask the doctor, book a visit to, appointment to discuss, appointment to renew, visit to renew, see a doctor about, speak to a doctor about',
    hi: 'डॉक्टर से पूछना है, डॉक्टर से बात',
    lat: 'doctor se baat, doctor se poochna',
    es: 'hablar con el medico, consultar con el medico, hablar con la doctora, cita para renovar, preguntar al medico',
  },
  where: {
    en: 'where, download, find, find my, see the, copy of, picked up, pick up, upload, lost, ready, runs out, expires, missing, print, policy, your policy, do you prescribe, does the doctor prescribe, do doctors, why do doctors, dont need a, dont want, not asking, wrote yesterday, list of, bill, shop, store, price, cost, costs, intake form, scan it, emails about, i was given, from last, on site, contact lenses, who diagnosed, do you diagnose, is diagnosed, how do doctors, do you also diagnose, diagnosis code, diagnosed, delivered, delivery, ordered, stock, refund, last time, did dr, dr gave, doctor gave, was prescribed, prescribed me last, precautions, documents, invoice, printout, cancel, receipt',
    hi: 'कहां, कहाँ, डाउनलोड, नहीं मिल रही, दुकान, बिल, ऑनलाइन देते, रसीद',
    lat: 'kaha, kahan, download, dukan, bill, pichle, nahi mil rahi, raseed',
    es: 'donde, descargo, descargar, encuentro, que me hizo, farmacia mas cercana, copia, veo la, factura, precio, cuesta, perdi la, factura',
  },
  booking: {
    en: 'appointment, slot, visit, book, booking, come in, come, still come, video, check up, checkup, referral, specialist, see a doctor, see the doctor, possible to, send, collect, bring, deliver, home delivery, upload, join, call, form, number, which doctor, clinic, physio, consultation, review, follow up, list',
    es: 'cita, hora, consulta, reservar, venir, especialista, videollamada, traumatologo, enviar, recoger, ficha, hueco, cuando tiene, medico de cabecera',
    hi: 'अपॉइंटमेंट, समय, मिलना, दिखाना, बुक, डॉक्टर से',
    lat: 'appointment, time, milna, dikhana, dikhani, dikhau, book, doctor se, slot',
  },
  /** What people only die of in jest. */
  vexation: {
    en: 'bill, bills, price, prices, paperwork, invoice, login, joke, fees, premium',
    hi: 'भीड़, बिल, फीस, दाम',
    lat: 'bheed, bill, fees, daam',
    es: 'factura, papeles, precio, papeleo',
  },
  /** Asks for knowledge even in the first person. */
  learn: {
    en: 'how do i recognise, how do i recognize, how can i prevent, how to prevent, how do you recognise, recognise, recognize, prevent, prevention, how can i tell',
    es: 'como prevenir, prevenir, como reconocer',
    hi: 'से बचें, बचाव',
    lat: 'kaise bache, bachav',
  },
  earlier: { en: 'before, earlier, formerly, previously', hi: 'पहले', lat: 'pehle', es: 'antes' },
  was: { en: 'had, was, were', hi: 'था, थी, थे', lat: 'tha, thi, the', es: 'tuve, tuvo, tenia, tenian, era' },
  recent: {
    en: 'minutes, minute, hour, hours, today, tonight, just now, this morning, yesterday, last night',
    hi: 'मिनट, घंटे, घंटा, दिन, देर, सुबह, कल, रात',
    lat: 'minute, ghante, ghanta, der, subah, kal, raat, abhi',
    es: 'minutos, horas, hora, hoy, ahora, rato, ayer, anoche',
  },
  money: {
    en: 'cost, costs, price, bill, invoice, refund, does the',
    es: 'cuesta, precio, factura, cobran',
    hi: 'बिल, कीमत, रसीद',
    lat: 'bill, kimat, daam, raseed',
  },
} as const satisfies Lexicon;
