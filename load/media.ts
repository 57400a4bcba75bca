/** The calls by which a browser sets up its media, with what a real one said; no packet follows them. */
import type { CallAnswer, CallInput, CallName, RoomMedia } from '../signaling/protocol/index.ts';
import { recordedAudio, recordedCapabilities, recordedVideo } from '../tests/support/media-recorded.ts';

type Ask = <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallAnswer<N>>;

/** Both transports, microphone and camera, and what the other one sends so far. Peer to peer there is nothing to ask for. */
export async function askForMedia(ask: Ask, media: RoomMedia): Promise<void> {
  if (media.kind === 'p2p') return;
  const [send, recv] = await Promise.all([
    ask('media:create-transport', { direction: 'send' }),
    ask('media:create-transport', { direction: 'recv' }),
  ]);
  const transportId = send.transport.id;
  await Promise.all([
    ask('media:produce', { transportId, kind: 'audio', source: 'microphone', rtpParameters: recordedAudio() }),
    ask('media:produce', { transportId, kind: 'video', source: 'camera', rtpParameters: recordedVideo() }),
  ]);
  for (const { producerId } of media.producers) {
    const consume = { transportId: recv.transport.id, producerId, rtpCapabilities: recordedCapabilities };
    const { id } = await ask('media:consume', consume);
    await ask('media:resume', { consumerId: id });
  }
}
