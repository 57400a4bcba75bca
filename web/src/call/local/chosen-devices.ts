/** Which camera, microphone and speaker the person picked, kept for the next visit on this device. */

export interface ChosenDevices {
  camera: string | null;
  microphone: string | null;
  speaker: string | null;
  /** `full`: what the microphone hears is sent as it is, for sounds that are no speech, such as a stethoscope's. */
  sound: 'voice' | 'full';
}

const key = 'housecall.devices';
let chosen: ChosenDevices | undefined;
const listeners = new Set<() => void>();

/** Hears every choice; answers how to stop. */
export function onDevicesChosen(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function chosenDevices(): ChosenDevices {
  chosen ??= stored();
  return chosen;
}

export function chooseDevices(choice: Partial<ChosenDevices>): void {
  chosen = { ...chosenDevices(), ...choice };
  for (const listener of Array.from(listeners)) listener();
  try {
    localStorage.setItem(key, JSON.stringify(chosen));
  } catch {
    // A browser that keeps nothing forgets the choice with the page.
  }
}

function stored(): ChosenDevices {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return {
      camera: textAt(value, 'camera'),
      microphone: textAt(value, 'microphone'),
      speaker: textAt(value, 'speaker'),
      // Chosen for one visit and forgotten, it would make every later one echo.
      sound: 'voice',
    };
  } catch {
    return { camera: null, microphone: null, speaker: null, sound: 'voice' };
  }
}

function textAt(value: unknown, name: keyof ChosenDevices): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const text: unknown = Reflect.get(value, name);
  return typeof text === 'string' ? text : null;
}
