/** The devices that there are to choose from, as the browser names them. */

export interface DeviceOption {
  id: string;
  /** As the system names it; empty until the person has allowed the use. */
  label: string;
}

export interface DeviceList {
  cameras: readonly DeviceOption[];
  microphones: readonly DeviceOption[];
  /** Empty where the browser lets nobody choose (Safari): then it plays where the system says. */
  speakers: readonly DeviceOption[];
}

/** Never rejects; empty where nothing can be said. */
export async function listDevices(): Promise<DeviceList> {
  try {
    const all = await navigator.mediaDevices.enumerateDevices();
    const of = (kind: MediaDeviceKind) =>
      all.filter((one) => one.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, label }));
    const speakers = canChooseSpeaker() ? of('audiooutput') : [];
    return { cameras: of('videoinput'), microphones: of('audioinput'), speakers };
  } catch {
    return { cameras: [], microphones: [], speakers: [] };
  }
}

/** Audio Output Devices API (W3C). */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

/** Plays an element's sound by this speaker; by the system's own where it is gone or may not be chosen. Never rejects. */
export async function playBy(element: HTMLMediaElement, speaker: string | null): Promise<void> {
  if (!canChooseSpeaker() || element.sinkId === (speaker ?? '')) return;
  await element.setSinkId(speaker ?? '').catch(() => undefined);
}
