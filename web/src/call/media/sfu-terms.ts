/**
 * Where the protocol's words become mediasoup-client's. Both name the same ORTC dictionaries, but the protocol's types
 * come from parsing (an optional field may hold `undefined`) and mediasoup-client's do not, so TypeScript needs a word.
 */
import type { types } from 'mediasoup-client';
import type { CallAnswer, CallInput, IceServer, RtpCapabilities } from '../../../../signaling/protocol/index.ts';

export function routerCapabilities(capabilities: RtpCapabilities): types.RtpCapabilities {
  return capabilities as types.RtpCapabilities;
}

export function transportOptions(answer: CallAnswer<'media:create-transport'>): types.TransportOptions {
  const { id, iceParameters, iceCandidates, dtlsParameters } = answer.transport;
  const options = { id, iceParameters, iceCandidates, dtlsParameters, iceServers: rtcIceServers(answer.iceServers) };
  return options as types.TransportOptions;
}

export function freshIceParameters(parameters: CallAnswer<'media:restart-ice'>['iceParameters']): types.IceParameters {
  return parameters as types.IceParameters;
}

export function consumerOptions(answer: CallAnswer<'media:consume'>): types.ConsumerOptions {
  const { id, producerId, kind, rtpParameters } = answer;
  return { id, producerId, kind, rtpParameters } as types.ConsumerOptions;
}

export function ownCapabilities(capabilities: types.RtpCapabilities): CallInput<'media:consume'>['rtpCapabilities'] {
  return capabilities as CallInput<'media:consume'>['rtpCapabilities'];
}

export function ownParameters(parameters: types.RtpParameters): CallInput<'media:produce'>['rtpParameters'] {
  return parameters as CallInput<'media:produce'>['rtpParameters'];
}

/** Leaves out what is not there: browsers refuse a server whose credential is `undefined`. */
export function rtcIceServers(servers: readonly IceServer[]): RTCIceServer[] {
  return servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  }));
}
