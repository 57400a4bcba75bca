/** Media over the server (sfu) and between the browsers (p2p). A seat is there already: the dispatcher has checked. */
import { AppError } from '../../../src/platform/errors.ts';
import type { SfuRoom } from '../../media/engine.ts';
import type { ConsumerOptions, RtpCapabilities } from '../../protocol/index.ts';
import type { Session } from '../../rooms/session.ts';
import type { HandlerDeps, Handlers } from '../handler.ts';
import { seatingOf } from './meeting.ts';

type MediaCalls = Exclude<
  Extract<keyof Handlers, `media:${string}` | `signal:${string}`>,
  'media:prepare' | 'media:report'
>;

export function mediaHandlers({ quality }: Pick<HandlerDeps, 'quality'>): Pick<Handlers, MediaCalls> {
  return {
    'media:create-transport': createTransport,
    'media:connect-transport': async (session, { transportId, dtlsParameters }) => {
      const { media, me } = sfuOf(session);
      await media.connectTransport(me, transportId, dtlsParameters);
      return {};
    },
    'media:restart-ice': async (session, { transportId }) => {
      const { room, media, me } = sfuOf(session);
      quality.searches(session);
      return { iceParameters: await media.restartIce(me, transportId), iceServers: room.iceServers(me) };
    },
    'media:produce': (session, input) => {
      const { media, me } = sfuOf(session);
      return media.produce(me, input);
    },
    'media:consume': (session, input) => {
      const { media, me } = sfuOf(session);
      return media.consume(me, input);
    },
    'media:resume': async (session, { consumerId }) => {
      const { media, me } = sfuOf(session);
      await media.resume(me, consumerId);
      return {};
    },
    'media:prefer-layer': async (session, { consumerId, spatialLayer }) => {
      const { media, me } = sfuOf(session);
      await media.preferLayer(me, consumerId, spatialLayer);
      return {};
    },
    'media:close-producer': async (session, { producerId }) => {
      const { media, me } = sfuOf(session);
      await media.closeProducer(me, producerId);
      return {};
    },
    'media:report-stall': async (session, { participantId, attempt }) => {
      const { room, me } = sfuOf(session);
      if (participantId === me) throw new AppError('INVALID_CALL', 'A stall is somebody else’s.');
      room.session(participantId)?.socket.emit('media:unheard', { attempt });
      return {};
    },
    'media:set-sending': async (session, sending) => {
      const { room, seat } = seatingOf(session);
      await room.setSending(seat, sending);
      return {};
    },
    'signal:send': async (session, { to, ...signal }) => {
      const { room, seat } = seatingOf(session);
      if (to === seat.participantId) throw new AppError('INVALID_CALL', 'A signal goes to somebody else.');
      // Somebody who is away now simply does not hear it: offers are made anew when they return.
      room.session(to)?.socket.emit('signal:received', { from: seat.participantId, ...signal });
      return {};
    },
  };
}

const createTransport: Handlers['media:create-transport'] = async (session, { direction, rtpCapabilities }) => {
  const { room, media, me } = sfuOf(session);
  const transport = await media.createTransport(me, direction);
  const answer = { transport, iceServers: room.iceServers(me) };
  if (direction === 'send' || !rtpCapabilities) return answer;
  return { ...answer, consumers: await consumersOf(media, me, { transportId: transport.id, rtpCapabilities }) };
};

function sfuOf(session: Session): { room: ReturnType<typeof seatingOf>['room']; media: SfuRoom; me: string } {
  const { room, seat } = seatingOf(session);
  if (room.media.kind !== 'sfu') throw new AppError('INVALID_CALL', 'The media of this meeting is not sfu.');
  return { room, media: room.media, me: seat.participantId };
}

/** Of all that is known to be there. What cannot be received is left out: who asks for it by itself hears why. */
async function consumersOf(
  media: SfuRoom,
  me: string,
  receiver: { transportId: string; rtpCapabilities: RtpCapabilities },
): Promise<ConsumerOptions[]> {
  const room = media.describe(me);
  const producers = room.kind === 'sfu' ? room.producers : [];
  const asked = producers.map(({ producerId }) => media.consume(me, { ...receiver, producerId }));
  return (await Promise.allSettled(asked)).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
