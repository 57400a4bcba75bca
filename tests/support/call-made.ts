/** A call led by hand: its links, devices and media are the test's. */
import type { Call } from '../../web/src/call/call.ts';
import { Conductor } from '../../web/src/call/conductor.ts';
import { Connection } from '../../web/src/call/connection/connection.ts';
import { LocalMedia } from '../../web/src/call/local/local-media.ts';
import { createScreenShare } from '../../web/src/call/local/screen-share.ts';
import {
  aJoin,
  aMeeting,
  FakeDevices,
  type FakeLinks,
  FakeMedia,
  fakeLinks,
  fakeScreen,
  fakeStream,
  meetingId,
  settled,
} from './call-fakes.ts';

export interface MadeCall {
  call: Call;
  links: FakeLinks;
  devices: FakeDevices;
  media: FakeMedia;
  phases: string[];
  networkChanged(): void;
  stoppedWatching(): boolean;
}

export function makeCall(): MadeCall {
  const links = fakeLinks();
  const devices = new FakeDevices();
  let media: FakeMedia | undefined;
  let networkChanged: (() => void) | undefined;
  let hasStopped = false;
  const call = new Conductor({
    meetingId,
    connect: (events) => new Connection({ openLink: links.open, token: async () => 'token', random: () => 1, events }),
    media: (_connection, events) => {
      media = new FakeMedia(events);
      return media;
    },
    local: (onChange) => new LocalMedia({ request: devices.request, newStream: fakeStream, onChange }),
    screen: (onChange) => createScreenShare({ request: async () => fakeScreen(), onChange }),
    watch: (hear) => {
      networkChanged = hear.networkChanged;
      return () => {
        hasStopped = true;
      };
    },
    newId: () => 'line-1',
    network: () => null,
    now: Date.now,
  });
  if (!media) throw new Error('The conductor made no media.');
  const phases: string[] = [];
  call.subscribe(() => {
    if (call.state.phase !== phases.at(-1)) phases.push(call.state.phase);
  });
  return {
    call,
    links,
    devices,
    media,
    phases,
    networkChanged: () => networkChanged?.(),
    stoppedWatching: () => hasStopped,
  };
}

export async function entered(): Promise<MadeCall> {
  const made = makeCall();
  made.call.enter();
  await settled();
  await made.links.newest().up();
  return made;
}

export async function inside(): Promise<MadeCall> {
  const made = await entered();
  await made.links.newest().last('meeting:join').answer(aJoin());
  return made;
}

export async function waiting(): Promise<MadeCall> {
  const made = await entered();
  const link = made.links.newest();
  await link.last('meeting:join').fail('MEETING_NOT_STARTED');
  await link.last('meeting:wait').answer({ meeting: aMeeting({ status: 'scheduled', version: 1 }), position: 2 });
  return made;
}
