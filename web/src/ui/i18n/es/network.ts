/** en-network.ts in Spanish. */
export const network = {
  title: 'Su conexión',
  running: 'Probando su conexión. Tarda unos diez segundos; no hace falta que espere.',
  progress: 'Progreso de la prueba de conexión',
  verdict: { good: 'Buena', fair: 'Regular', poor: 'Mala' },
  said: {
    good: 'Su conexión es buena. La imagen y el sonido llegarán bien.',
    fair: 'Su conexión es regular. El sonido llegará; la imagen puede ser pequeña o pararse de vez en cuando.',
    poor: 'Su conexión es mala. Acérquese al wifi o use otra red. Si la imagen sufre, Housecall mantiene el sonido.',
    reached: 'La clínica responde en {{ms}} ms. La consulta misma mostrará cómo van la imagen y el sonido.',
    blocked:
      'Desde aquí no pasan la imagen ni el sonido. Es posible que esta red bloquee las videoconsultas: pruebe otra, como los datos móviles.',
    offline: 'Ahora mismo no llegamos a la clínica desde aquí. Compruebe que tiene conexión.',
    busy: 'Muchas personas están haciendo la prueba. Puede seguir sin ella o intentarlo de nuevo en medio minuto.',
    saver: 'Está ahorrando datos, por eso no probamos su conexión. La prueba gasta unos 3 MB.',
  },
  label: 'Conexión: {{word}}',
  again: 'Probar de nuevo',
  test: 'Probar mi conexión',
  details: 'Las cifras',
  figure: {
    up: 'Envío',
    down: 'Recepción',
    delay: 'Retraso de ida y vuelta',
    loss: 'Perdido en el camino',
    jitter: 'Irregularidad (jitter)',
    way: 'Camino',
    kbps: '{{value}} kbit/s',
    ms: '{{value}} ms',
    ways: { udp: 'directo (UDP)', tcp: 'directo (TCP)', relay: 'a través de un relé (TURN)' },
    unknown: 'no se sabe',
  },
} as const;
