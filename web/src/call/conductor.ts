/**
 * Leads a call: it wants a seat, gets one over whatever connection there is, keeps media going while it has one, and
 * lets go of everything when it is over. What it looks like to a screen is in call-state.ts.
 */
import type { Joined, Meeting, NetworkVerdict } from '../../../signaling/protocol/index.ts';
import type { Call, CallPhase, CallState } from './call.ts';
import {
  type CallModel,
  initialModel,
  withAttempt,
  withChat,
  withJoined,
  withLost,
  withMeeting,
  withoutMedia,
} from './call-state.ts';
import { reconnectDelay } from './connection/backoff.ts';
import type { Connection, ConnectionEvents } from './connection/connection.ts';
import type { Fact } from './connection/link.ts';
import { greetWhoIsThere, isAlwaysHeard, opensTheDoor, wasAdmitted } from './early.ts';
import { factApplied } from './facts.ts';
import type { CallFailed } from './failure.ts';
import { createGuests, type LedGuests } from './guests.ts';
import { type ChosenDevices, chooseDevices } from './local/chosen-devices.ts';
import type { LocalMedia } from './local/local-media.ts';
import type { ScreenOutcome, ScreenShare } from './local/screen-share.ts';
import type { MediaEvents, MediaPort } from './media/media-keeper.ts';
import { mediaNews } from './media-news.ts';
import { sayLine } from './say-line.ts';
import { type Intent, type SeatOutcome, takeSeat } from './seat.ts';
import { sendingOf } from './sending.ts';
import { createStore } from './store.ts';
import { createWaitingRoom, type LedWaitingRoom } from './waiting/waiting-room.ts';
import { whenSeated } from './when-seated.ts';

export interface CallParts {
  meetingId: string;
  connect(events: ConnectionEvents): Connection;
  media(connection: Connection, events: MediaEvents, state: () => CallState): MediaPort;
  local(onChange: () => void): LocalMedia;
  screen(onChange: () => void): ScreenShare;
  /** Begins to watch the browser for what the sockets and tracks do not tell; answers how to stop. */
  watch(hear: { networkChanged(): void; devicesChanged(): void }): () => void;
  newId(): string;
  /** What the last test of the network came to. */
  network(): NetworkVerdict | null;
  now(): number;
}

/** A server that says "not now" is asked so often before the person is told. In the room it is asked for ever. */
const patience = 6;
const leaveTimeoutMs = 2_000;

export class Conductor implements Call {
  readonly #parts: CallParts;
  readonly #store = createStore<CallModel>(initialModel());
  readonly #connection: Connection;
  readonly #media: MediaPort;
  readonly #local: LocalMedia;
  readonly waiting: LedWaitingRoom;
  readonly guests: LedGuests;
  readonly #screen: ScreenShare;
  #intent: Intent | null = null;
  /** Raised whenever what is wanted changes or the seat is asked for again: an older answer is thrown away. */
  #turn = 0;
  #refusals = 0;
  #soon: { whoIsThere: string | null } | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** What the room said while the answer to taking the seat was on its way; null when none is. */
  #early: Fact[] | null = null;
  readonly #stopWatching: () => void;
  #isClosed = false;

  constructor(parts: CallParts) {
    this.#parts = parts;
    this.#connection = parts.connect({
      up: () => void this.#takeSeat(),
      down: () => this.#onDown(),
      attempt: (attempts) => this.#onAttempt(attempts),
      refused: (failure) => this.#refuse(failure),
      fact: (fact) => this.#onFact(fact),
    });
    this.#local = parts.local(() => this.#onLocal());
    this.#screen = parts.screen(() => this.#onLocal());
    this.#media = parts.media(
      this.#connection,
      {
        ...mediaNews((step) => this.#change(step), parts.now),
        shaky: () => void this.#connection.prove(),
        stuck: () => this.#early || void this.#takeSeat(),
      },
      () => this.state,
    );
    this.guests = createGuests({ ...parts, ask: this.#connection.ask });
    this.waiting = createWaitingRoom({ ...parts, ask: this.#connection.ask, isNext: () => this.#media.prepare(true) });
    this.#stopWatching = parts.watch({
      networkChanged: () => this.#intent !== null && this.#connection.wake(),
      devicesChanged: () => this.#local.retryMissed(),
    });
  }

  get state(): CallState {
    return this.#store.value;
  }

  get inHaste(): Promise<void> | null {
    return this.#media.inHaste;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  prepare(isSoon = false, whoIsThere: string | null = null): void {
    this.#soon = isSoon ? { whoIsThere } : null;
    if (!this.#isClosed) this.#connection.open();
  }

  enter(): void {
    this.#begin('enter');
  }

  start(): void {
    this.#begin('start');
  }

  knock(): void {
    this.#begin('knock');
  }

  show(participantId: string, lines: number): void {
    this.#media.show(participantId, lines);
  }

  async leave(): Promise<void> {
    if (this.#intent === null) return;
    const isHeld = this.#connection.isUp;
    this.#stop('left');
    // Sent after whatever is still unanswered, and carried out after it: the server keeps the order of a socket.
    if (isHeld) await this.#connection.ask('meeting:leave', {}, leaveTimeoutMs).catch(() => undefined);
    if (this.#intent === null) this.#connection.close();
  }

  async end(): Promise<void> {
    await whenSeated(this.#store);
    try {
      const { meeting } = await this.#connection.ask('meeting:end', {});
      this.#end(meeting);
    } catch (error) {
      // The fact that it has ended came before the answer, and closed the socket that the answer was to come by.
      if (this.state.phase !== 'ended') throw error;
    }
  }

  setMicrophone(on: boolean): void {
    this.#local.set('audio', on);
  }

  setCamera(on: boolean): void {
    this.#local.set('video', on);
  }

  choose(choice: Partial<ChosenDevices>): void {
    chooseDevices(choice);
    if ('camera' in choice) this.#local.renew('video');
    if ('microphone' in choice || 'sound' in choice) this.#local.renew('audio');
  }

  shareScreen(): Promise<ScreenOutcome> {
    return this.#intent === null ? Promise.resolve('failed') : this.#screen.start();
  }

  stopScreen(): void {
    this.#screen.stop();
  }

  async say(text: string, clientId: string = this.#parts.newId()): Promise<void> {
    const line = await sayLine(
      {
        ask: this.#connection.ask,
        seated: () => whenSeated(this.#store),
        abandon: () => this.#store.value.hasSeat && this.#connection.abandon(),
      },
      text,
      clientId,
    );
    const from = this.#store.value.self?.id;
    if (from) this.#change((model) => withChat(model, { ...line, from, clientId, text: text.trim() }));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#stop(this.#intent === null ? this.state.phase : 'left');
    this.#isClosed = true;
    // A whole sound is for one visit: kept, it would make every later one echo.
    chooseDevices({ sound: 'voice' });
    this.#stopWatching();
    this.#connection.close();
  }

  #begin(intent: Intent): void {
    if (this.#isClosed || this.#intent !== null || this.state.phase === 'ended') return;
    this.#intent = intent;
    this.#turn += 1;
    this.#refusals = 0;
    this.#change((model) => ({ ...model, phase: 'connecting', failure: null }));
    this.#local.open();
    if (this.#connection.isUp) void this.#takeSeat();
    else this.#connection.open();
  }

  async #takeSeat(): Promise<void> {
    if (this.#intent === null && this.#soon) this.#media.prepare(this.#soon.whoIsThere !== null);
    if (this.#intent === null || !this.#connection.isUp) return;
    clearTimeout(this.#later);
    // On a link that has taken over from another one the seat has yet to be taken.
    this.#change((model) => ({ ...model, hasSeat: false }));
    this.#early = [];
    this.#turn += 1;
    const turn = this.#turn;
    const asked = takeSeat(this.#connection.ask, this.#intent, this.#parts.meetingId, this.#media.toResume());
    greetWhoIsThere(this.#media, this.state, this.#intent === 'enter', this.#soon?.whoIsThere ?? null);
    // As far as is known here, whoever asks for a seat then gets one.
    if (this.#intent === 'start' || this.#soon || this.state.meeting?.status === 'active') this.#media.goAhead();
    const outcome = await asked;
    if (turn !== this.#turn) return;
    const wasLetIn = outcome.kind === 'knocked' && wasAdmitted(this.#early);
    if (outcome.kind !== 'joined') this.#early = null;
    this.#onOutcome(outcome);
    // Heard before the answer to knocking was.
    if (wasLetIn) void this.#takeSeat();
  }

  #onOutcome(outcome: SeatOutcome): void {
    switch (outcome.kind) {
      case 'joined':
        return this.#onJoined(outcome.joined);
      case 'waiting':
        this.waiting.enter(outcome);
        return this.#onWaiting(outcome.meeting, outcome.position);
      case 'knocked':
        return this.#onKnocked(outcome.meeting);
      case 'over':
        return this.#over(outcome.status);
      case 'refused':
        return this.#refuse(outcome.failure);
      case 'later':
        return this.#tryLater(outcome.failure);
      case 'lost':
        return this.#connection.abandon();
    }
  }

  #onJoined(joined: Joined): void {
    this.#connection.settle();
    this.#refusals = 0;
    const wasSoundFirst = this.#isSoundFirst;
    // Before the screen hears of it: to draw the call takes about as long as to ask for its media.
    this.#media.open(joined);
    this.#change((model) => withJoined(model, joined));
    if (wasSoundFirst) this.#onLocal();
    else this.#tellSending();
    if (joined.self.role === 'doctor') void this.guests.watch();
    const early = this.#early ?? [];
    this.#early = null;
    for (const fact of early) this.#onFact(fact);
  }

  #onWaiting(meeting: Meeting, position: number): void {
    this.#connection.settle();
    this.#refusals = 0;
    this.#change((model) => ({ ...withMeeting(model, meeting), phase: 'waiting', position, reconnect: null }));
    // The start may have been heard before the answer to waiting was.
    if (this.state.meeting?.status === 'active') void this.#takeSeat();
  }

  /** Only the doctor's word, or the beginning of the visit, is worth trying the door again. */
  #onKnocked(meeting: Meeting): void {
    this.#connection.settle();
    this.#refusals = 0;
    this.#change((model) => ({ ...withMeeting(model, meeting), phase: 'waiting', position: null, reconnect: null }));
  }

  #tryLater(failure: CallFailed): void {
    this.#refusals += 1;
    const isInside = this.state.phase === 'reconnecting' || this.state.phase === 'in-call';
    if (!isInside && this.#refusals > patience) {
      this.#refuse(failure);
      return;
    }
    const pause = failure.code === 'MEETING_ACTIVE' ? 0 : reconnectDelay(this.#refusals + 1);
    this.#later = setTimeout(() => void this.#takeSeat(), pause);
  }

  #onDown(): void {
    this.#early = null;
    this.#media.suspend();
    this.#turn += 1;
    clearTimeout(this.#later);
    this.#change((model) => withLost(model, this.#parts.now()));
  }

  /** While a link still serves, an attempt at the next one is nobody's concern. */
  #onAttempt(attempts: number): void {
    if (!this.#connection.isUp) this.#change((model) => withAttempt(model, attempts, this.#parts.now()));
  }

  #onFact(fact: Fact): void {
    if (this.#intent === null) return;
    this.waiting.hear(fact);
    this.guests.hear(fact);
    if (this.#early && !isAlwaysHeard(fact)) {
      this.#early.push(fact);
      return;
    }
    const setting = { meetingId: this.#parts.meetingId, now: this.#parts.now() };
    const wasSoundFirst = this.#isSoundFirst;
    this.#change((model) => factApplied(model, fact, setting));
    if (wasSoundFirst !== this.#isSoundFirst) this.#onLocal();
    if (fact.name === 'seat:taken') this.#onTaken(fact.payload.meetingId);
    else if (fact.name === 'meeting:ended' || fact.name === 'meeting:changed' || fact.name === 'meeting:started') {
      this.#onMeeting(fact.payload.meeting);
    } else if (this.#store.value.hasSeat) this.#media.hear(fact);
    if (fact.name === 'media:reset') this.#tellSending();
    if (this.#intent === 'knock' && this.state.phase === 'waiting' && !this.#early && opensTheDoor(fact))
      void this.#takeSeat();
  }

  #onMeeting(meeting: Meeting): void {
    if (meeting.id !== this.#parts.meetingId) return;
    if (meeting.status === 'ended' || meeting.status === 'cancelled') this.#end(meeting);
    // Told twice, as started and as changed, and again by every join: one way in is enough.
    else if (this.#intent === 'knock') return;
    else if (meeting.status === 'active' && this.state.phase === 'waiting' && !this.#early) void this.#takeSeat();
  }

  /** Two tabs that both came back by themselves would take the seat from each other for ever: this one stays out. */
  #onTaken(meetingId: string): void {
    if (meetingId !== this.#parts.meetingId) return;
    this.#stop('taken');
    this.#connection.close();
  }

  #end(meeting: Meeting): void {
    this.#change((model) => withMeeting(model, meeting));
    this.#stop('ended');
    this.#connection.close();
  }

  /** Over by a refusal, which does not say why; the reason is heard by whoever asks for the meeting. */
  #over(status: 'ended' | 'cancelled'): void {
    this.#change((model) => ({ ...model, meeting: model.meeting && { ...model.meeting, status } }));
    this.#stop('ended');
    this.#connection.close();
  }

  #refuse({ code, message }: CallFailed): void {
    // Nobody has asked to go in yet; who does will hear it then.
    if (this.#intent === null) return;
    this.#stop('refused');
    this.#change((model) => ({ ...model, failure: { code, message } }));
    this.#connection.close();
  }

  /** Nothing is wanted any more: no track lives on, no answer that is still on its way is taken. */
  #stop(phase: CallPhase): void {
    this.#intent = null;
    this.#early = null;
    this.#turn += 1;
    clearTimeout(this.#later);
    this.#media.close();
    this.#local.close();
    this.#screen.stop();
    this.#change((model) => ({ ...withoutMedia(model), phase }));
  }

  #onLocal(): void {
    this.#change((model) => ({ ...model, local: this.#local.state, ownScreen: this.#screen.stream }));
    this.#media.send({ ...this.#local.tracks, ...(this.#isSoundFirst && { video: null }), screen: this.#screen.track });
    this.#tellSending();
  }

  get #isSoundFirst(): boolean {
    return this.#store.value.soundFirst.length > 0;
  }

  /** The others are told what is really sent, not what was wanted. */
  #tellSending(): void {
    if (!this.#store.value.hasSeat) return;
    const sending = sendingOf(this.#local, this.#screen, this.#isSoundFirst);
    this.#change((model) => ({ ...model, self: model.self && { ...model.self, sending } }));
    // Lost with the socket, it is told again with the next seat.
    this.#connection.ask('media:set-sending', sending).catch(() => undefined);
  }

  #change(step: (model: CallModel) => CallModel): void {
    if (!this.#isClosed) this.#store.set(step(this.#store.value));
  }
}
