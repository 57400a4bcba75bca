/** The network test before a visit, in English. */
export const enNetwork = {
  title: 'Your connection',
  running: 'Testing your connection. This takes about ten seconds; you need not wait for it.',
  progress: 'Progress of the connection test',
  verdict: {
    good: 'Good',
    fair: 'Fair',
    poor: 'Poor',
  },
  said: {
    good: 'Your connection is good. Picture and sound will come through well.',
    fair: 'Your connection is fair. Sound will come through; the picture may be small or stop now and then.',
    poor: 'Your connection is poor. Try to go nearer to the Wi-Fi, or use another network. If the picture suffers, Housecall keeps the sound.',
    reached: 'The clinic answers in {{ms}} ms. How well picture and sound go, the visit itself will show.',
    blocked:
      'Picture and sound do not get through from here. This network may block video visits: try another one, such as mobile data.',
    offline: 'We cannot reach the clinic from here at the moment. Check that you are online.',
    busy: 'Many people are testing now. You can go on without the test, or try again in half a minute.',
    saver: 'You are saving data, so we did not test your connection. The test uses about 3 MB.',
  },
  label: 'Connection: {{word}}',
  again: 'Test again',
  test: 'Test my connection',
  details: 'The figures',
  figure: {
    up: 'Sending',
    down: 'Receiving',
    delay: 'Delay there and back',
    loss: 'Lost on the way',
    jitter: 'Unevenness (jitter)',
    way: 'Way',
    kbps: '{{value}} kbit/s',
    ms: '{{value}} ms',
    ways: { udp: 'direct (UDP)', tcp: 'direct (TCP)', relay: 'through a relay (TURN)' },
    unknown: 'not known',
  },
};
