/** The device check: the speaker, and how to undo a block in each browser, in English. */
export const enCheck = {
  speaker: 'Speaker',
  play: 'Play a sound',
  playing: 'Playing…',
  played: 'You should have heard three soft tones. If not, turn the volume up, or choose another speaker.',
  notPlayed: 'This browser played nothing. Please check the volume of your device.',
  howTo: 'How to allow it again',
  denied: {
    chrome: [
      'Press the sign to the left of the address at the top.',
      'Switch “Camera” and “Microphone” on.',
      'Press “Try again” here.',
    ],
    edge: [
      'Press the lock to the left of the address at the top, then “Permissions for this site”.',
      'Set “Camera” and “Microphone” to “Allow”.',
      'Press “Try again” here.',
    ],
    firefox: [
      'Press the crossed-out camera to the left of the address at the top.',
      'Take the block away with the small × beside it.',
      'Press “Try again” here, and choose “Allow”.',
    ],
    safari: [
      'In the menu at the top of the screen choose “Safari”, then “Settings for this website”.',
      'Set “Camera” and “Microphone” to “Allow”.',
      'Still blocked? Open the system’s settings, “Privacy & Security”, and allow Safari there.',
      'Press “Try again” here.',
    ],
    ios: [
      'Press the sign in the address bar that opens the page menu, then “Website Settings”.',
      'Set “Camera” and “Microphone” to “Allow”.',
      'Nothing there? Open the phone’s settings, “Apps”, choose your browser, and allow both there.',
      'Come back here and press “Try again”.',
    ],
    android: [
      'Press the sign to the left of the address at the top, then “Permissions”.',
      'Allow “Camera” and “Microphone”.',
      'Nothing there? Open the phone’s settings, “Apps”, choose your browser, then “Permissions”.',
      'Press “Try again” here.',
    ],
    firefoxAndroid: [
      'Press the lock to the left of the address at the top.',
      'Press “Camera” and “Microphone” until both say “Allowed”.',
      'Press “Try again” here.',
    ],
    other: [
      'Look for a camera or lock sign beside the address at the top, and press it.',
      'Allow the camera and the microphone.',
      'Press “Try again” here.',
    ],
  },
  insecure: {
    title: 'This address is not secure',
    help: 'Browsers hand out a camera only on addresses that begin with https. Please ask your clinic for the right link.',
  },
  old: {
    title: 'This browser is too old for video calls',
    help: 'Please bring it up to date, or use a recent Chrome, Edge, Firefox or Safari. You can also ask your clinic to call you by telephone.',
  },
} as const;
