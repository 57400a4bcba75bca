/**
 * A TCP proxy in front of the server that does what networks do: it is cut (open connections die, new ones are refused), it
 * falls silent (nothing passes, and nobody is told), or it is a captive portal that answers everything itself.
 */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface CuttableProxy extends AsyncDisposable {
  [Symbol.asyncDispose](): Promise<void>;
  url: string;
  /** Where it leads; a server that was started again may be elsewhere. */
  target: string;
  /** How many connections the portal has answered. */
  readonly captured: number;
  cut(): void;
  /** Open connections carry nothing any more and are never closed; new ones are taken and not answered. */
  silence(): void;
  /** Open connections die; new ones get a page to sign in to the network, with this status. */
  capture(status: 200 | 302 | 401 | 511): void;
  mend(): void;
}

type State = 'open' | 'cut' | 'silent' | { captive: number };

export async function startCuttableProxy(firstTarget: string): Promise<CuttableProxy> {
  const open = new Set<Socket>();
  let target = firstTarget;
  let state: State = 'open';
  let captured = 0;
  const destroyAll = () => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    if (state !== 'open') {
      open.add(near);
      near.on('close', () => open.delete(near));
      if (state === 'cut') near.destroy();
      else if (state !== 'silent') {
        captured += 1;
        answerAsPortal(near, state.captive);
      }
      return;
    }
    const { hostname, port } = new URL(target);
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get target() {
      return target;
    },
    set target(next) {
      target = next;
    },
    get captured() {
      return captured;
    },
    cut() {
      state = 'cut';
      destroyAll();
    },
    silence() {
      state = 'silent';
      for (const socket of open) socket.unpipe().pause();
    },
    capture(status) {
      state = { captive: status };
      destroyAll();
    },
    mend() {
      // What fell silent stays so, as the connections of a network that one has left do.
      state = 'open';
    },
    async [Symbol.asyncDispose]() {
      destroyAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As hotels and trains do it: whatever is asked for, the answer is their page. */
function answerAsPortal(socket: Socket, status: number): void {
  const page = '<!doctype html><title>Welcome</title><p>Sign in to this network.</p>';
  const lines = [
    `HTTP/1.1 ${status} ${status === 302 ? 'Found' : 'Sign in'}`,
    'Content-Type: text/html',
    `Content-Length: ${page.length}`,
    ...(status === 302 ? ['Location: /welcome'] : []),
    'Connection: close',
  ];
  socket.once('data', () => socket.end(`${lines.join('\r\n')}\r\n\r\n${page}`));
}
