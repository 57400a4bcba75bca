/** A call in this browser: the conductor with the real socket, the real media and the real devices. */
import type { Call, CallOptions } from './call.ts';
import { Conductor } from './conductor.ts';
import { Connection } from './connection/connection.ts';
import { watchNetwork } from './connection/network-watch.ts';
import { waysTo } from './connection/ways.ts';
import { handedFirst } from './local/handed-over.ts';
import { LocalMedia } from './local/local-media.ts';
import { createScreenShare, displayRequest } from './local/screen-share.ts';
import { requestUserMedia, watchDevices } from './local/user-media.ts';
import { MediaKeeper } from './media/media-keeper.ts';
import { Spare } from './media/spare.ts';
import { lastVerdict } from './network-test/last-verdict.ts';

/** Nothing happens until `enter` or `start`. Whoever makes one closes it. */
export function createCall(options: CallOptions): Call {
  return new Conductor({
    meetingId: options.meetingId,
    connect: (events) => new Connection({ ...waysTo(options.baseUrl), token: (not) => options.token(not), events }),
    media: (connection, events, state) =>
      new MediaKeeper({
        ask: connection.ask,
        spare: new Spare({ watch: watchNetwork, now: Date.now }),
        expectsPicture: () => state().remotes.some(({ participant }) => participant.sending.video),
        expected: () =>
          state().remotes.flatMap(({ participant: { id, presence, sending } }) =>
            presence === 'present' && (sending.audio || sending.video) ? [id] : [],
          ),
        events,
      }),
    local: (onChange) =>
      new LocalMedia({ request: handedFirst(requestUserMedia), newStream: () => new MediaStream(), onChange }),
    screen: (onChange) => createScreenShare({ request: displayRequest(), onChange }),
    watch: ({ networkChanged, devicesChanged }) => {
      const stopNetwork = watchNetwork(networkChanged);
      const stopDevices = watchDevices(devicesChanged);
      return () => {
        stopNetwork();
        stopDevices();
      };
    },
    newId: () => crypto.randomUUID(),
    network: lastVerdict,
    now: Date.now,
  });
}
