/** Decides from a transport's connection state when it is shaky and when it is lost. */

/** A path that is quiet for a moment often comes back, or another one is found; after this long building anew is quicker. */
const quietMs = 4_000;
/** Candidates are tried and keys exchanged within 2 s on a poor network; TURN over TCP needs more. */
const setUpMs = 12_000;

export interface TransportWatch {
  /** A state of RTCPeerConnection.connectionState. */
  changed(state: string): void;
  /** No event is heard afterwards. */
  stop(): void;
}

export function watchTransport(events: { shaky(): void; failed(): void }): TransportWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  /** Since it went quiet, until it is connected again: looking for another way goes through `connecting` too. */
  let isQuiet = false;
  const fail = () => {
    if (isStopped) return;
    isStopped = true;
    clearTimeout(timer);
    events.failed();
  };
  const failAfter = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(fail, ms);
  };
  return {
    changed(state) {
      if (isStopped) return;
      if (state === 'connecting') {
        if (!isQuiet) failAfter(setUpMs);
      } else if (state === 'connected') {
        isQuiet = false;
        clearTimeout(timer);
      } else if (state === 'disconnected') {
        if (!isQuiet) failAfter(quietMs);
        isQuiet = true;
        events.shaky();
      } else if (state === 'failed') fail();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
