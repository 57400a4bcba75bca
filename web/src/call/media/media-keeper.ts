/** Keeps media going while a seat is held: builds it, builds it again when it fails, and says what flows. */
import type {
  IceServer,
  Joined,
  Participant,
  Producer,
  QualityLevel,
  Resume,
  RoomMedia,
} from '../../../../signaling/protocol/index.ts';
import type { RemoteTracks } from '../call-state.ts';
import { reconnectDelay } from '../connection/backoff.ts';
import type { Ask, Fact } from '../connection/link.ts';
import type { LocalTracks } from '../local/local-media.ts';
import { watchSpeaker } from '../speaking.ts';
import { watchFlow } from './flow-watch.ts';
import { startReporting } from './link-report.ts';
import type { MediaSession, MediaSessionEvents } from './media-session.ts';
import { type GivenOffer, giveOffer } from './offer-in-hand.ts';
import { openP2pSession } from './p2p.ts';
import { createRemoteStreams, type RemoteStreams } from './remote-streams.ts';
import { openSfuSession } from './sfu.ts';
import { SfuAhead } from './sfu-ahead.ts';
import { rtcIceServers } from './sfu-terms.ts';
import type { Spare, SpareRole } from './spare.ts';
import { createStallWatch, secondAttemptMs } from './stall-watch.ts';

export interface MediaEvents {
  tracks(participantId: string, tracks: RemoteTracks): void;
  /** The screen that they share arrives in this stream; null when it is gone. */
  screen(participantId: string, stream: MediaStream | null): void;
  /** Who of the others is heard speaking; null when nobody is. */
  speaker(participantId: string | null): void;
  quality(participantId: string, level: QualityLevel): void;
  /** The others' media began to flow, or began again. */
  flowing(): void;
  /** Nothing comes from somebody who says that they are sending, or it comes again. */
  stalled(participantId: string, isStalled: boolean): void;
  /** Packets stopped; the socket may be dead too. */
  shaky(): void;
  /** Building again did not help: perhaps the seat is not what it was. */
  stuck(): void;
}

type Seated = Pick<Joined, 'self' | 'participants' | 'media' | 'iceServers' | 'mediaKept'>;

/** What the conductor needs of media; tests give it one without a browser. */
export interface MediaPort {
  /** As the session's own. */
  readonly inHaste: Promise<void> | null;
  /**
   * Does what can be done before there is a seat, by whoever may have one soon; more of it by whoever comes second, to one who
   * is there. Harmless often; no failure is told.
   */
  prepare(comesSecond: boolean): void;
  /**
   * To be called right behind the question for the seat: says to whoever is probably there what they would be asked once it is
   * taken, if that was prepared. Without a seat they do not hear it.
   */
  greet(participantId: string): void;
  /** As `greet`, of the server: asks it for the transports that are needed with the seat. */
  goAhead(): void;
  /** What to show with the next join, so that what is there now may live on. */
  toResume(): Resume;
  /** Media of a seat that has just been taken; whatever was before goes on if the server kept its part, and is closed else. */
  open(joined: Seated): void;
  send(tracks: LocalTracks): void;
  /** So many lines of somebody's picture are shown, in pixels of the screen; 0 while it is out of sight. */
  show(participantId: string, lines: number): void;
  hear(fact: Fact): void;
  /** The seat is lost for now: what still flows may flow on, but nothing is built until it is opened again. */
  suspend(): void;
  /** Ends everything. It may be opened again. Idempotent. */
  close(): void;
}

export interface MediaKeeperOptions {
  ask: Ask;
  spare: Spare;
  /** True when one of the others says that their camera is on. */
  expectsPicture: () => boolean;
  /** Who of the others is there and says that they are sending. */
  expected: () => readonly string[];
  events: MediaEvents;
}

interface Ground {
  self: Participant;
  present: Set<string>;
  media: RoomMedia;
  iceServers: readonly IceServer[];
}

/** Media that lasted so long was well: the next failure is a first one. */
const wellMs = 20_000;
/** Failures in a row after which it is not the media alone that is at fault. */
const stuckAfter = 3;

export class MediaKeeper implements MediaPort {
  readonly #options: MediaKeeperOptions;
  readonly #streams: RemoteStreams;
  readonly #screens: RemoteStreams;
  readonly #watchStalls: ReturnType<typeof createStallWatch>;
  #ground: Ground | null = null;
  #producers = new Map<string, Producer>();
  readonly #shownLines = new Map<string, number>();
  #session: MediaSession | null = null;
  #stopFlow: () => void = () => undefined;
  #tracks: LocalTracks = { audio: null, video: null };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isSuspended = false;
  #isStuck = false;
  /** Shown to the server alone: whoever has it may take over this page's media. */
  #key = newKey();
  #builtAt = 0;
  /** What preparing has asked for and not got yet. */
  #wish: object | null = null;
  readonly #ahead = new SfuAhead();
  /** Given before there was a seat to give it from. */
  #given: GivenOffer | null = null;

  constructor(options: MediaKeeperOptions) {
    this.#options = options;
    this.#streams = createRemoteStreams((id, tracks) => options.events.tracks(id, tracks));
    this.#screens = createRemoteStreams((id, { stream, video }) => options.events.screen(id, video ? stream : null));
    this.#watchStalls = createStallWatch({
      stalled: (id, attempt) => this.#onStalled(id, attempt),
      resumed: (id) => options.events.stalled(id, false),
    });
  }

  get inHaste(): Promise<void> | null {
    return this.#session?.inHaste ?? null;
  }

  prepare(comesSecond: boolean): void {
    if (this.#ground || this.#wish || this.#ahead.isReady || this.#options.spare.isThere) return;
    const wish = {};
    this.#wish = wish;
    void this.#getReady(wish, comesSecond ? 'offers' : 'answers');
  }

  goAhead(): void {
    this.#ahead.take();
    // What is there may live on with the seat, and new transports would take its place.
    if (this.#session === null) this.#ahead.ask(this.#options.ask);
  }

  greet(participantId: string): void {
    const { ask, spare } = this.#options;
    this.#takeBack();
    const connection = spare.takeOffered();
    if (!connection) return;
    const given = giveOffer(ask, { to: participantId, connection }, () => {
      if (this.#given === given) this.#takeBack();
    });
    this.#given = given;
  }

  toResume(): Resume {
    const transports = this.#session?.kept() ?? null;
    if (transports === null || this.#isStuck) this.#key = newKey();
    this.#isStuck = false;
    return { key: this.#key, transports: transports ?? [] };
  }

  open({ self, participants, media, iceServers, mediaKept }: Seated): void {
    this.#wish = null;
    const present = new Set(participants.filter((one) => one.presence === 'present').map((one) => one.id));
    this.#isSuspended = false;
    const ground = { self, present, media, iceServers };
    // It may have failed while the answer was on its way.
    if (mediaKept && this.#session && this.#session.kept() !== null) this.#goOn(ground, this.#session);
    else this.#begin(ground);
    // Whoever was greeted is not there.
    this.#takeBack();
  }

  send(tracks: LocalTracks): void {
    this.#tracks = tracks;
    this.#session?.send(tracks);
  }

  show(participantId: string, lines: number): void {
    this.#shownLines.set(participantId, lines);
    this.#session?.show(participantId, lines);
  }

  hear(fact: Fact): void {
    if (!this.#ground) return;
    if (fact.name === 'media:reset') {
      this.#begin({ ...this.#ground, ...fact.payload });
      return;
    }
    this.#note(fact, this.#ground);
    if (fact.name === 'media:unheard') this.#onUnheard(fact.payload.attempt);
    this.#session?.hear(fact);
  }

  suspend(): void {
    this.#takeBack();
    this.#isSuspended = true;
    this.#ahead.take();
    clearTimeout(this.#timer);
  }

  close(): void {
    this.#ground = null;
    this.#wish = null;
    this.#ahead.take();
    this.#producers.clear();
    this.#endSession();
    this.#takeBack();
    this.#options.spare.drop();
    this.#streams.clear();
    this.#screens.clear();
  }

  /** Never rejects: what is not ready is had with the seat. */
  async #getReady(wish: object, role: SpareRole): Promise<void> {
    const { ask, spare } = this.#options;
    try {
      const answer = await ask('media:prepare', {});
      if (this.#wish !== wish) return;
      if (answer.kind === 'p2p') spare.keep(rtcIceServers(answer.iceServers), role);
      else if (answer.routerRtpCapabilities) await this.#ahead.getReady(answer.routerRtpCapabilities);
    } catch {
      // Asked again with the next occasion.
    } finally {
      if (this.#wish === wish) this.#wish = null;
    }
  }

  #begin(ground: Ground): void {
    this.#stand(ground);
    this.#build(ground);
  }

  #goOn(ground: Ground, session: MediaSession): void {
    this.#stand(ground);
    clearTimeout(this.#timer);
    const { present, iceServers } = ground;
    session.goOn({ producers: [...this.#producers.values()], present: [...present], iceServers });
    if (this.#watchStalls.again()) void session.restart();
  }

  #stand(ground: Ground): void {
    this.#ground = ground;
    const { media } = ground;
    this.#producers = new Map(media.kind === 'sfu' ? media.producers.map((one) => [one.producerId, one]) : []);
  }

  /** What a rebuild has to know later, whoever hears it now. */
  #note({ name, payload }: Fact, { present }: Ground): void {
    if (name === 'media:produced') this.#producers.set(payload.producer.producerId, payload.producer);
    if (name === 'media:closed') this.#producers.delete(payload.producerId);
    if (name === 'participant:joined' || name === 'participant:returned') present.add(payload.participant.id);
    if (name === 'participant:dropped' || name === 'participant:left') present.delete(payload.participant.id);
  }

  #build(ground: Ground): void {
    this.#endSession();
    this.#builtAt = Date.now();
    const session = this.#openSession(ground);
    this.#session = session;
    session.send(this.#tracks);
    for (const [id, lines] of this.#shownLines) session.show(id, lines);
    const { ask, events, expectsPicture, expected } = this.#options;
    const stopSpeaker = watchSpeaker(
      () => session.levels(),
      (speaker) => events.speaker(speaker),
    );
    const stopFlow = watchFlow({
      counts: () => session.counts(),
      expectsPicture,
      events: {
        flowing: () => events.flowing(),
        // Through the server it is the server that measures.
        quality: (id, level) => session.kind === 'p2p' && events.quality(id, level),
        looked: (counts) => this.#watchStalls.look(counts, expected()),
      },
    });
    const stopReporting = startReporting({
      statistics: () => session.statistics(),
      // Lost with the socket, it is told again with the next one.
      tell: (report) => {
        if (!this.#isSuspended) ask('media:report', report).catch(() => undefined);
      },
    });
    this.#stopFlow = () => {
      stopReporting();
      stopFlow();
      stopSpeaker();
    };
  }

  /** Whose side the fault is on cannot be told from here, so both look for another way, and then build again. */
  #onStalled(participantId: string, attempt: 1 | 2): void {
    const { events, ask } = this.#options;
    events.stalled(participantId, true);
    if (this.#isSuspended) return;
    events.shaky();
    const isSfu = this.#session?.kind === 'sfu';
    if (isSfu) ask('media:report-stall', { participantId, attempt }).catch(() => undefined);
    if (attempt === 1) void this.#session?.restart();
    else if (this.#ground) this.#build(this.#ground);
  }

  /** Several may say so of one stall: what has just been built is left alone. */
  #onUnheard(attempt: number): void {
    if (attempt === 1) void this.#session?.restart();
    else if (this.#ground && Date.now() - this.#builtAt > secondAttemptMs) this.#build(this.#ground);
  }

  #openSession({ self, present, media, iceServers }: Ground): MediaSession {
    const { ask, spare } = this.#options;
    const events = this.#sessionEvents();
    const ahead = this.#ahead.take();
    if (media.kind === 'sfu') {
      spare.drop();
      return openSfuSession({ media: { ...media, producers: [...this.#producers.values()] }, ask, events, ahead });
    }
    const given = this.#given && present.has(this.#given.to) ? this.#given : null;
    if (given) this.#given = null;
    return openP2pSession({ self, present: [...present], iceServers, spare, given, tracks: this.#tracks, ask, events });
  }

  /** What was given and not taken over. */
  #takeBack(): void {
    this.#given?.connection.close();
    this.#given = null;
  }

  #sessionEvents(): MediaSessionEvents {
    const { events } = this.#options;
    let hasFailed = false;
    return {
      track: (id, track, source) => (source === 'screen' ? this.#screens : this.#streams).add(id, track),
      trackGone: (id, track) => {
        this.#streams.remove(id, track);
        this.#screens.remove(id, track);
      },
      shaky: () => events.shaky(),
      failed: () => {
        if (hasFailed || this.#isSuspended) return;
        hasFailed = true;
        events.shaky();
        this.#rebuildLater();
      },
    };
  }

  /** At once the first time, because most failures are of the moment; then with a pause that grows. */
  #rebuildLater(): void {
    this.#failures = Date.now() - this.#builtAt > wellMs ? 1 : this.#failures + 1;
    const isStuck = this.#failures % stuckAfter === 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        if (isStuck) this.#giveUp();
        else if (this.#ground) this.#build(this.#ground);
      },
      this.#failures === 1 ? 0 : reconnectDelay(this.#failures),
    );
  }

  /** The next join is not to keep what does not serve. */
  #giveUp(): void {
    this.#isStuck = true;
    this.#options.events.stuck();
  }

  #endSession(): void {
    clearTimeout(this.#timer);
    this.#stopFlow();
    this.#session?.close();
    this.#session = null;
    this.#streams.allEnded();
    this.#screens.allEnded();
  }
}

function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
