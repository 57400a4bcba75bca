/** The browser's request for tracks, with what suits a consultation on a cheap phone. */

import { pictureLines } from '../media/layers.ts';
import type { RequestTracks } from './capture.ts';
import { type ChosenDevices, chosenDevices } from './chosen-devices.ts';

/**
 * 640 by 480 at 24 frames shows a face and a rash well and is what the encoder of a cheap phone can do without getting
 * hot; when the network gives less the browser lowers it by itself.
 */
const picture: MediaTrackConstraints = {
  width: { ideal: (pictureLines * 4) / 3 },
  height: { ideal: pictureLines },
  frameRate: { ideal: 24, max: 30 },
  facingMode: 'user',
};
/** What helps a voice takes a heartbeat for noise, so it is switched off where the person wants the whole sound. */
function sound(choice: ChosenDevices['sound']): MediaTrackConstraints {
  const isVoice = choice === 'voice';
  return { echoCancellation: isVoice, noiseSuppression: isVoice, autoGainControl: isVoice };
}

/** Asks for the devices that the person chose; any other is better than none. */
export const requestUserMedia: RequestTracks = async (wanted) => {
  // Absent on a page that is not secure or in an old browser, in spite of what the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices || !('RTCPeerConnection' in globalThis))
    throw new DOMException('This page may not use devices.', 'NotSupportedError');
  const chosen = chosenDevices();
  const stream = await devices.getUserMedia({
    audio: wanted.audio && {
      ...sound(chosen.sound),
      ...(chosen.microphone && { deviceId: { ideal: chosen.microphone } }),
    },
    video: wanted.video && { ...picture, ...(chosen.camera && { deviceId: { ideal: chosen.camera } }) },
  });
  // Says to the encoder what the sound is: a whole sound is neither cut in pauses nor shaped for speech.
  for (const track of stream.getAudioTracks()) track.contentHint = chosen.sound === 'full' ? 'music' : 'speech';
  return stream.getTracks();
};

/** Calls `changed` when a device is plugged in or taken out. Answers how to stop. */
export function watchDevices(changed: () => void): () => void {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', changed);
  return () => devices?.removeEventListener('devicechange', changed);
}
