/** en-check.ts in Spanish. */
export const check = {
  speaker: 'Altavoz',
  play: 'Reproducir un sonido',
  playing: 'Reproduciendo…',
  played: 'Debería haber oído tres tonos suaves. Si no, suba el volumen o elija otro altavoz.',
  notPlayed: 'Este navegador no reprodujo nada. Compruebe el volumen de su dispositivo.',
  howTo: 'Cómo volver a permitirlo',
  denied: {
    chrome: [
      'Pulse el signo a la izquierda de la dirección, arriba.',
      'Active «Cámara» y «Micrófono».',
      'Pulse aquí «Intentar de nuevo».',
    ],
    edge: [
      'Pulse el candado a la izquierda de la dirección, arriba, y después «Permisos para este sitio».',
      'Ponga «Cámara» y «Micrófono» en «Permitir».',
      'Pulse aquí «Intentar de nuevo».',
    ],
    firefox: [
      'Pulse la cámara tachada a la izquierda de la dirección, arriba.',
      'Quite el bloqueo con la pequeña × que está al lado.',
      'Pulse aquí «Intentar de nuevo» y elija «Permitir».',
    ],
    safari: [
      'En el menú de arriba elija «Safari» y después «Ajustes para este sitio web».',
      'Ponga «Cámara» y «Micrófono» en «Permitir».',
      '¿Sigue bloqueado? Abra los ajustes del sistema, «Privacidad y seguridad», y permita Safari.',
      'Pulse aquí «Intentar de nuevo».',
    ],
    ios: [
      'Pulse el signo de la barra de direcciones que abre el menú de la página y después «Ajustes del sitio web».',
      'Ponga «Cámara» y «Micrófono» en «Permitir».',
      '¿No aparece? Abra los ajustes del teléfono, «Apps», elija su navegador y permita los dos.',
      'Vuelva aquí y pulse «Intentar de nuevo».',
    ],
    android: [
      'Pulse el signo a la izquierda de la dirección, arriba, y después «Permisos».',
      'Permita «Cámara» y «Micrófono».',
      '¿No aparece? Abra los ajustes del teléfono, «Aplicaciones», elija su navegador y «Permisos».',
      'Pulse aquí «Intentar de nuevo».',
    ],
    firefoxAndroid: [
      'Pulse el candado a la izquierda de la dirección, arriba.',
      'Pulse «Cámara» y «Micrófono» hasta que los dos digan «Permitido».',
      'Pulse aquí «Intentar de nuevo».',
    ],
    other: [
      'Busque el signo de una cámara o de un candado junto a la dirección, arriba, y púlselo.',
      'Permita la cámara y el micrófono.',
      'Pulse aquí «Intentar de nuevo».',
    ],
  },
  insecure: {
    title: 'Esta dirección no es segura',
    help: 'Los navegadores solo dan la cámara en direcciones que empiezan por https. Pida a su clínica el enlace correcto.',
  },
  old: {
    title: 'Este navegador es demasiado antiguo para videollamadas',
    help: 'Actualícelo o use un Chrome, Edge, Firefox o Safari reciente. También puede pedir a su clínica que le llame por teléfono.',
  },
} as const;
