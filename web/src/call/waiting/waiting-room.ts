/** What a waiting patient knows besides their number: how long it may take, the clinic's own words, what is written. */
import type {
  CallAnswer,
  DeviceVerdict,
  NetworkVerdict,
  WaitEstimate,
  WaitingText,
} from '../../../../signaling/protocol/index.ts';
import type { Fact } from '../connection/link.ts';
import { createStore } from '../store.ts';
import { createTalk, type Talk, type TalkParts } from './talk.ts';

export interface WaitingState {
  /** The doctor is in another consultation. */
  doctorBusy: boolean;
  /** Null when nobody can say. */
  estimate: WaitEstimate | null;
  welcome: WaitingText;
}

export interface WaitingRoom {
  readonly state: WaitingState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly talk: Talk;
  /** Tells the doctor what this device found out about itself. Never rejects. */
  tellCheck(devices: DeviceVerdict): Promise<void>;
}

export interface WaitingRoomParts extends TalkParts {
  /** What the last test of the network came to, if there was one. */
  network(): NetworkVerdict | null;
  /** Heard, perhaps more than once, when nobody is before this patient. */
  isNext(): void;
}

/** `enter` takes the answer to waiting, `hear` what the server tells. */
export interface LedWaitingRoom extends WaitingRoom {
  enter(answer: Omit<CallAnswer<'meeting:wait'>, 'meeting'>): void;
  hear(fact: Fact): void;
}

export function createWaitingRoom(parts: WaitingRoomParts): LedWaitingRoom {
  const { meetingId, ask, network, isNext } = parts;
  const store = createStore<WaitingState>({ doctorBusy: false, estimate: null, welcome: {} });
  const talk = createTalk(parts);
  return {
    get state() {
      return store.value;
    },
    subscribe: store.subscribe,
    talk,
    async tellCheck(devices) {
      const verdict = network();
      await ask('queue:tell-check', { meetingId, devices, ...(verdict && { network: verdict }) }).catch(
        () => undefined,
      );
    },
    enter({ position, doctorBusy, estimate, welcome }) {
      store.set({ doctorBusy, estimate, welcome });
      if (position === 1) isNext();
    },
    hear(fact) {
      const { name, payload } = fact;
      if (name === 'queue:changed' && 'position' in payload && payload.meetingId === meetingId) {
        const { position, doctorBusy, estimate } = payload;
        store.set({ ...store.value, doctorBusy, estimate });
        if (position === 1) isNext();
      } else talk.hear(fact);
    },
  };
}
