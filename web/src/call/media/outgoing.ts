/** How sound and picture are sent when there is little network: sound first, and a modest picture. */
import { videoMaxBitrate } from './layers.ts';

/**
 * kbit/s with which the picture begins, before the network has been measured: what all its sizes may take together. With
 * less, a browser whose probes say nothing (on a busy machine, or right after a rebuild) takes the largest size back after
 * its first pictures; the server waits 1.5 s for more of it before it turns to the next, and everybody looks at nothing.
 */
export const videoStartKbps = 1_000;

/**
 * Of a camera, without a server. To be known before there is a connection: Chromium throws the first picture after it away when
 * its limit is not, and the next one comes 50 ms later.
 */
export const cameraEncoding: RTCRtpEncodingParameters = { maxBitrate: videoMaxBitrate };

/**
 * Tells the encoder what to give up first. Harmless where the browser does not know the words; never rejects.
 * Call it when the encodings are there: in any case after negotiation.
 */
export async function shapeSender(sender: RTCRtpSender, kind: 'audio' | 'video'): Promise<void> {
  try {
    const parameters = sender.getParameters();
    // Some browsers answer parameters without encodings until the first packet.
    const encodings = (parameters.encodings as typeof parameters.encodings | undefined) ?? [];
    for (const encoding of encodings) {
      if (kind === 'audio') encoding.priority = 'high';
      // A picture in several sizes has its limits already.
      else if (encodings.length === 1) Object.assign(encoding, cameraEncoding);
    }
    if (kind === 'video') parameters.degradationPreference = 'balanced';
    await sender.setParameters(parameters);
  } catch {
    // The browser's own preferences are good enough to talk.
  }
}
