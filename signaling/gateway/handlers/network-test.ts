/** Before a seat. The network test of a signed-in socket: a pair of transports, and what goes up comes down again. */
import { networkTestSeconds } from '../../protocol/index.ts';
import type { Session } from '../../rooms/session.ts';
import type { HandlerDeps, Handlers } from '../handler.ts';

type TestCalls = Extract<keyof Handlers, `test:${string}` | 'media:prepare'>;

export function networkTestHandlers({ tests, media, iceServers }: HandlerDeps): Pick<Handlers, TestCalls> {
  const iceServersOf = ({ actor: { practitionerId, patientId, userId } }: Session) =>
    iceServers(practitionerId ?? patientId ?? userId);
  return {
    'media:prepare': async (session) => {
      if (media.kind === 'p2p') return { kind: 'p2p', iceServers: iceServersOf(session) };
      const { routerRtpCapabilities } = media;
      return { kind: 'sfu', ...(routerRtpCapabilities && { routerRtpCapabilities }) };
    },
    'test:begin': async (session) => {
      const common = { iceServers: iceServersOf(session), endsInSeconds: networkTestSeconds };
      const test = await tests.begin(session);
      if (!test) return { kind: 'p2p', ...common };
      try {
        const [send, recv] = await Promise.all([test.createTransport('send'), test.createTransport('recv')]);
        return { kind: 'sfu', routerRtpCapabilities: test.routerRtpCapabilities, send, recv, ...common };
      } catch (error) {
        test.close();
        throw error;
      }
    },
    'test:connect': async (session, { transportId, dtlsParameters }) => {
      await tests.of(session).connectTransport(transportId, dtlsParameters);
      return {};
    },
    'test:produce': (session, input) => tests.of(session).produce(input),
    'test:consume': (session, input) => tests.of(session).consume(input),
    'test:resume': async (session, { consumerId }) => {
      await tests.of(session).resume(consumerId);
      return {};
    },
    'test:end': async (session) => {
      tests.end(session);
      return {};
    },
  };
}
