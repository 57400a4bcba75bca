/**
 * What this browser can send and receive through the server. To find out, mediasoup-client makes two connections for
 * nothing, one after the other; the answer is the same for as long as the page lives, so it is asked for once, and early.
 */
import { Device, detectDevice, type types } from 'mediasoup-client';
import { Chrome74 } from 'mediasoup-client/handlers/Chrome74';
import { Chrome111 } from 'mediasoup-client/handlers/Chrome111';
import { Firefox120 } from 'mediasoup-client/handlers/Firefox120';
import { Safari12 } from 'mediasoup-client/handlers/Safari12';

type HandlerFactory = types.HandlerFactory;
type Direction = types.HandlerGetNativeRtpCapabilitiesOptions['direction'];

/** Of the browsers that mediasoup-client knows; another one is left to it. */
const makers: Readonly<Record<string, () => HandlerFactory>> = {
  Chrome111: () => Chrome111.createFactory({}),
  Chrome74: () => Chrome74.createFactory({}),
  Firefox120: () => Firefox120.createFactory({}),
  Safari12: () => Safari12.createFactory({}),
};

let known: HandlerFactory | undefined;

/** Begins to find out, so that a call need not wait for it. Harmless when it is known, and where it cannot be found out. */
export function knowDevice(): void {
  const factory = rememberingFactory();
  for (const direction of ['recvonly', 'sendonly'] as const)
    factory?.getNativeRtpCapabilities({ direction }).catch(() => undefined);
}

let last: { takes: string; device: Promise<Device> } | undefined;

/** The same device for the same capabilities. Rejects with mediasoup-client's UnsupportedError in a browser that it does not know. */
export function loadDevice(routerRtpCapabilities: types.RtpCapabilities): Promise<Device> {
  const takes = JSON.stringify(routerRtpCapabilities);
  if (last?.takes === takes) return last.device;
  const device = load(routerRtpCapabilities);
  last = { takes, device };
  device.catch(() => {
    if (last?.device === device) last = undefined;
  });
  return device;
}

async function load(routerRtpCapabilities: types.RtpCapabilities): Promise<Device> {
  const handlerFactory = rememberingFactory();
  const device = await Device.factory(handlerFactory ? { handlerFactory } : {});
  await device.load({ routerRtpCapabilities });
  return device;
}

function rememberingFactory(): HandlerFactory | undefined {
  known ??= remembering(makers[detectDevice() ?? '']?.());
  return known;
}

function remembering(factory: HandlerFactory | undefined): HandlerFactory | undefined {
  if (!factory) return undefined;
  const answers = new Map<Direction, Promise<types.RtpCapabilities>>();
  return {
    ...factory,
    getNativeRtpCapabilities: ({ direction }) => {
      const answer = answers.get(direction) ?? factory.getNativeRtpCapabilities({ direction });
      answers.set(direction, answer);
      // A refusal is not remembered.
      answer.catch(() => answers.delete(direction));
      return answer;
    },
  };
}
