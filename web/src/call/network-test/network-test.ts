/** The network test before a visit: over the real way to the media server, in under 15 s. */
import type { NetworkTest as Begun } from '../../../../signaling/protocol/index.ts';
import { Connection } from '../connection/connection.ts';
import { socketIoLinks } from '../connection/socket-io-link.ts';
import { rtcIceServers } from '../media/sfu-terms.ts';
import { createStore } from '../store.ts';
import type { Echo } from './echo.ts';
import { noteVerdict } from './last-verdict.ts';
import { measure } from './measure.ts';
import { openRelayEcho } from './relay-echo.ts';
import { openSfuEcho } from './sfu-echo.ts';
import { makeTestTracks, type TestTracks } from './test-tracks.ts';
import { type Figures, type NetworkVerdict, networkVerdict, nothingMeasured } from './verdict.ts';

export type NetworkTestState =
  | { phase: 'running'; progress: number }
  /** `verdict` is null when only the way to the server could be tried, not that of picture and sound. */
  | { phase: 'done'; figures: Figures; verdict: NetworkVerdict | null }
  /** `blocked`: the server is there, but no picture or sound gets to it; `offline`: it is not; `busy`: try later. */
  | { phase: 'failed'; why: 'blocked' | 'offline' | 'busy' };

export interface NetworkTest {
  readonly state: NetworkTestState;
  subscribe(listener: () => void): () => void;
  /** Stops it. Idempotent. */
  close(): void;
}

export interface NetworkTestOptions {
  token(not?: string): Promise<string>;
  /** Same origin when empty. */
  baseUrl?: string;
  /** Whose silence is sent; a tone is made without. */
  microphone: MediaStreamTrack | null;
}

/** Everything, from the first byte on. */
const longestMs = 14_500;

/** Begins at once. */
export function testNetwork(options: NetworkTestOptions): NetworkTest {
  return new RunningTest(options);
}

class RunningTest implements NetworkTest {
  readonly #options: NetworkTestOptions;
  readonly #store = createStore<NetworkTestState>({ phase: 'running', progress: 0 });
  readonly #ending = new AbortController();
  readonly #connection: Connection;
  readonly #limit: ReturnType<typeof setTimeout>;
  #hasBegun = false;

  constructor(options: NetworkTestOptions) {
    this.#options = options;
    this.#connection = new Connection({
      openLink: socketIoLinks(options.baseUrl || window.location.origin),
      token: (not) => options.token(not),
      events: {
        up: () => this.#begin(),
        down: () => undefined,
        attempt: () => undefined,
        refused: () => this.#fail('offline'),
        fact: () => undefined,
      },
    });
    this.#limit = setTimeout(() => this.#failHere(), longestMs);
    this.#connection.open();
  }

  get state(): NetworkTestState {
    return this.#store.value;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  close(): void {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    clearTimeout(this.#limit);
    void this.#sayGoodbye();
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    void this.#run();
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    const asked = performance.now();
    const begun = await this.#connection.ask('test:begin', {}).catch(() => null);
    if (begun === null) {
      this.#fail(this.#connection.isUp ? 'busy' : 'offline');
      return;
    }
    const answerMs = Math.round(performance.now() - asked);
    const tracks = makeTestTracks(this.#options.microphone);
    try {
      this.#finish(await this.#through(begun, tracks, answerMs));
    } catch {
      this.#failHere();
    } finally {
      tracks.stop();
    }
  }

  async #through(begun: Begun, tracks: TestTracks, answerMs: number): Promise<NetworkTestState> {
    const echo = await this.#openEcho(begun, tracks);
    if (!echo) return { phase: 'done', figures: { ...nothingMeasured, roundTripMs: answerMs }, verdict: null };
    try {
      const figures = await measure(echo, this.#ending.signal, (progress) => this.#progress(progress));
      // Nothing came back at all: the line is there, and the media does not get through it.
      if (!figures.downKbps) return { phase: 'failed', why: 'blocked' };
      return { phase: 'done', figures, verdict: networkVerdict(figures) };
    } finally {
      echo.close();
    }
  }

  async #openEcho(begun: Begun, tracks: TestTracks): Promise<Echo | null> {
    if (begun.kind === 'sfu') return openSfuEcho(begun, tracks, this.#connection.ask);
    const hasRelay = begun.iceServers.some(({ urls }) => urls.some((url) => url.startsWith('turn')));
    return hasRelay ? openRelayEcho(rtcIceServers(begun.iceServers), tracks) : null;
  }

  #progress(progress: number): void {
    if (!this.#ending.signal.aborted) this.#store.set({ phase: 'running', progress });
  }

  #fail(why: 'blocked' | 'offline' | 'busy'): void {
    this.#finish({ phase: 'failed', why });
  }

  /** While the socket is up, it is the media that does not get through. */
  #failHere(): void {
    this.#fail(this.#connection.isUp ? 'blocked' : 'offline');
  }

  #finish(state: NetworkTestState): void {
    // What comes after it was stopped says nothing of the network.
    if (this.#ending.signal.aborted) return;
    if (state.phase === 'done' && state.verdict) noteVerdict(state.verdict);
    if (state.phase === 'failed' && state.why === 'blocked') noteVerdict('poor');
    this.#store.set(state);
    this.close();
  }

  /** The server need not wait for the end of its patience. */
  async #sayGoodbye(): Promise<void> {
    if (this.#connection.isUp) await this.#connection.ask('test:end', {}, 1_000).catch(() => undefined);
    this.#connection.close();
  }
}
