/** Where no media goes through the server: sends test tracks from this browser through the relay (TURN) back to itself. */
import { type Echo, testBitrate } from './echo.ts';
import type { TestTracks } from './test-tracks.ts';

const patienceMs = 8_000;

/** Rejects when the relay is not reached in 8 s. */
export async function openRelayEcho(iceServers: RTCIceServer[], tracks: TestTracks): Promise<Echo> {
  const configuration: RTCConfiguration = { iceServers, iceTransportPolicy: 'relay', bundlePolicy: 'max-bundle' };
  const near = new RTCPeerConnection(configuration);
  const far = new RTCPeerConnection(configuration);
  const close = () => {
    near.close();
    far.close();
  };
  near.onicecandidate = ({ candidate }) => void far.addIceCandidate(candidate ?? undefined).catch(() => undefined);
  far.onicecandidate = ({ candidate }) => void near.addIceCandidate(candidate ?? undefined).catch(() => undefined);
  if (tracks.audio) near.addTransceiver(tracks.audio, { direction: 'sendonly' });
  near.addTransceiver(tracks.video, { direction: 'sendonly', sendEncodings: [{ maxBitrate: testBitrate }] });
  try {
    await near.setLocalDescription();
    await far.setRemoteDescription(described(near));
    await far.setLocalDescription();
    await near.setRemoteDescription(described(far));
    await connected(near);
  } catch (error) {
    close();
    throw error;
  }
  return {
    up: () => near.getStats(),
    down: () => far.getStats(),
    close,
  };
}

function described({ localDescription }: RTCPeerConnection): RTCSessionDescriptionInit {
  if (!localDescription) throw new Error('The browser made no description.');
  return localDescription;
}

function connected(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The relay was not reached in time.')), patienceMs);
    connection.onconnectionstatechange = () => {
      if (connection.connectionState !== 'connected' && connection.connectionState !== 'failed') return;
      clearTimeout(timer);
      if (connection.connectionState === 'connected') resolve();
      else reject(new Error('The relay cannot be reached.'));
    };
  });
}
