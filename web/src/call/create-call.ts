/** A call in this browser: the conductor with the real socket, the real media and the real devices. */
import type { Call, CallOptions } from './call.ts';
import { Conductor } from './conductor.ts';
import { Connection } from './connection/connection.ts';
import { watchNetwork } from './connection/network-watch.ts';
import { socketIoLinks } from './connection/socket-io-link.ts';
import { LocalMedia } from './local/local-media.ts';
import { requestUserMedia } from './local/user-media.ts';
import { MediaKeeper } from './media/media-keeper.ts';

/** Nothing happens until `enter` or `start`. Whoever makes one closes it. */
export function createCall(options: CallOptions): Call {
  const openLink = socketIoLinks(options.baseUrl || window.location.origin);
  const conductor = new Conductor({
    meetingId: options.meetingId,
    connect: (events) => new Connection({ openLink, token: () => options.token(), events }),
    media: (connection, events, state) =>
      new MediaKeeper({
        ask: connection.ask,
        expectsPicture: () => state().remotes.some((remote) => remote.hasVideo),
        events,
      }),
    local: (onChange) => new LocalMedia({ request: requestUserMedia, newStream: () => new MediaStream(), onChange }),
    newId: () => crypto.randomUUID(),
    now: Date.now,
  });
  const stopWatching = watchNetwork(() => conductor.onNetworkChanged());
  const onDevices = () => conductor.onDevicesChanged();
  // Absent on a page that is not secure, in spite of what the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  devices?.addEventListener('devicechange', onDevices);
  const close = conductor.close.bind(conductor);
  conductor.close = () => {
    stopWatching();
    devices?.removeEventListener('devicechange', onDevices);
    close();
  };
  return conductor;
}
