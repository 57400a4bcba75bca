/**
 * Whether the server can be reached again, asked over plain HTTP. A browser opens one WebSocket to a host at a time (RFC 6455,
 * section 4.1), so one that was begun while the network was gone holds up every later one until it is given up.
 */

/** Resolves when anybody answered; rejects when nobody did. */
export type Probe = (signal: AbortSignal) => Promise<unknown>;

const everyMs = 750;
/** A hanging question is of no use to the next one, and takes up one of the browser's few connections. */
const patienceMs = 2_500;

/** Calls `reached` once, with the first answer to a question that was asked from now on. Answers how to stop. */
export function whenReached(probe: Probe, reached: () => void): () => void {
  const asking = new Set<AbortController>();
  let isOver = false;
  const ask = () => {
    const question = new AbortController();
    asking.add(question);
    const patience = setTimeout(() => question.abort(), patienceMs);
    const answered = probe(question.signal).then(
      () => true,
      () => false,
    );
    void answered.then((isThere) => {
      clearTimeout(patience);
      asking.delete(question);
      if (!isThere || isOver) return;
      stop();
      reached();
    });
  };
  const timer = setInterval(ask, everyMs);
  const stop = () => {
    isOver = true;
    clearInterval(timer);
    for (const question of asking) question.abort();
  };
  ask();
  return stop;
}

/** Anything that answers is the network's return, a captive portal too: what it is shows when the socket is opened. */
export function httpProbe(baseUrl: string): Probe {
  return (signal) => fetch(new URL('/healthz', baseUrl), { mode: 'no-cors', cache: 'no-store', signal });
}
