/**
 * Sees to a receiver's first picture where a camera sends it in several sizes. Nothing of a size is forwarded before a key frame
 * of it, and that may be waited for in vain: a browser that was asked for one less than 300 ms ago leaves the next request out
 * (libwebrtc, EncoderRtcpFeedback), and one whose network seems to carry less stops the largest size, which the media
 * worker believes after 1.5 s. So the smallest is asked for: it is the last to stop, and its key frame has not been asked for.
 */
import type { types } from './mediasoup.ts';

/** Later than this a first picture is late, but for a network on which 240 lines are the better beginning. */
const patienceMs = 500;
/** By then a browser answers another request, and a size that has stopped is known to have. */
const smallMs = 2_000;

export type Receiver = Pick<
  types.Consumer,
  'type' | 'closed' | 'paused' | 'producerPaused' | 'currentLayers' | 'preferredLayers' | 'setPreferredLayers'
> & { observer: { once(event: 'close', heard: () => void): unknown } };
export type Way = Pick<types.WebRtcTransport, 'dtlsState'> & {
  on(event: 'dtlsstatechange', heard: (state: types.DtlsState) => void): unknown;
  off(event: 'dtlsstatechange', heard: (state: types.DtlsState) => void): unknown;
};

/** Call it when the consumer is resumed; `wanted` answers the size that its receiver has asked for, if they have. */
export function hastenFirstPicture(consumer: Receiver, transport: Way, wanted: () => number | undefined): void {
  const best = consumer.preferredLayers?.spatialLayer;
  if (consumer.type !== 'simulcast' || best === undefined || consumer.closed) return;
  let timer: NodeJS.Timeout | undefined;
  const prefer = (spatialLayer: number) =>
    // It may close in this moment.
    void consumer.setPreferredLayers({ spatialLayer }).catch(() => undefined);
  const look = () => {
    const isExpected = !consumer.paused && !consumer.producerPaused && (wanted() ?? best) > 0;
    if (!isExpected || consumer.currentLayers) return;
    prefer(0);
    timer = setTimeout(() => prefer(wanted() ?? best), smallMs).unref();
  };
  const begin = () => {
    transport.off('dtlsstatechange', onState);
    timer = setTimeout(look, patienceMs).unref();
  };
  const onState = (state: types.DtlsState) => {
    if (state === 'connected') begin();
  };
  consumer.observer.once('close', () => {
    clearTimeout(timer);
    transport.off('dtlsstatechange', onState);
  });
  if (transport.dtlsState === 'connected') begin();
  else transport.on('dtlsstatechange', onState);
}
