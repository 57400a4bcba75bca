/**
 * One person's page, as the web client behaves: it wants to be in the meeting, and whenever its connection or its node is
 * lost it comes back by the next one. What it is told of the end it keeps.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import { askForMedia } from '../../load/media.ts';
import { CallFailed, call, connect } from '../../load/socket.ts';
import type { EndReason, Joined, Meeting, ParticipantRole } from '../../signaling/protocol/index.ts';
import type { ChaosNode } from './node.ts';

/** As web/src/call/connection has them, but for the first, which is shorter: there is always another node to try. */
const connectMs = 4_000;
const answerMs = 8_000;
const pauseMs = 250;
const lookAgainMs = 5_000;

export interface VisitorOptions {
  role: ParticipantRole;
  meetingId: string;
  nextNode(): ChaosNode;
  token(): Promise<string>;
  /** What happened, for who looks into a fault. */
  note(what: string): void;
  onSeated(): void;
  onOver(reason: EndReason | undefined): void;
  /** Hears of an answer that contradicts what was acknowledged before. */
  onFault(what: string): void;
}

export class Visitor {
  /** Lines that were acknowledged, by their client's id. */
  readonly said: string[] = [];
  readonly heard = new Set<string>();
  readonly #options: VisitorOptions;
  #stay: { socket: Socket; node: ChaosNode } | undefined;
  /** Of a node that stops, until they sit elsewhere. */
  #old: Socket | undefined;
  #isWanted = false;
  #wasIn = false;
  #isOver = false;
  #keeping: Promise<void> = Promise.resolve();
  #giveUp: () => void = () => undefined;

  constructor(options: VisitorOptions) {
    this.#options = options;
  }

  get isSeated(): boolean {
    return this.#stay?.socket.connected === true;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Where they sit. */
  get node(): ChaosNode | undefined {
    return this.isSeated ? this.#stay?.node : undefined;
  }

  /** Wants to be in from now on. */
  come(): void {
    this.#isWanted = true;
    this.#keeping = this.#keep();
  }

  /** The network is gone under the socket; they come back at once. */
  cut(): void {
    this.#options.note('is cut off');
    this.#stay?.socket.io.engine.close();
  }

  /** Away without a word; `come` again for who comes back. */
  async vanish(): Promise<void> {
    this.#options.note('vanishes');
    await this.#stop((socket) => void socket.io.engine.close());
  }

  /** As who closes the page in good order. */
  async leave(): Promise<void> {
    this.#options.note('leaves');
    this.#isWanted = false;
    if (this.#stay) await call(this.#stay.socket, 'meeting:leave', {}, answerMs).catch(() => undefined);
    await this.close();
  }

  /** Asked over the present connection. Throws when there is none, or no good answer. */
  async end(): Promise<Meeting> {
    if (!this.#stay) throw new Error('Not seated.');
    return (await call(this.#stay.socket, 'meeting:end', {}, answerMs)).meeting;
  }

  /** False when it was not taken. */
  async say(clientId: string = randomUUID()): Promise<boolean> {
    if (!this.#stay) return false;
    const line = { text: 'A line of a chaos run.', clientId };
    const isTaken = await call(this.#stay.socket, 'chat:send', line, answerMs).then(
      () => true,
      () => false,
    );
    if (isTaken) this.said.push(clientId);
    return isTaken;
  }

  /** Without a word to the meeting; for when it is over. */
  close(): Promise<void> {
    return this.#stop((socket) => void socket.close());
  }

  async #stop(end: (socket: Socket) => void): Promise<void> {
    this.#isWanted = false;
    if (this.#stay) end(this.#stay.socket);
    this.#giveUp();
    await this.#keeping;
  }

  async #keep(): Promise<void> {
    const { nextNode, note } = this.#options;
    while (this.#isWanted && !this.#isOver) {
      const node = nextNode();
      try {
        await this.#visit(node);
      } catch (error) {
        note(`does not get in at ${node.name}: ${error instanceof CallFailed ? error.code : 'no answer'}`);
      }
      if (this.#isWanted && !this.#isOver) await pause(pauseMs * (0.5 + Math.random()));
    }
    this.#old?.close();
    this.#old = undefined;
  }

  /** Resolves when this connection is of no more use. */
  async #visit(node: ChaosNode): Promise<void> {
    const socket = await connect(node, await this.#options.token(), connectMs);
    const gone = Promise.withResolvers<void>();
    this.#giveUp = gone.resolve;
    this.#listen(socket, gone.resolve);
    let isDraining = false;
    socket.on('server:draining', () => {
      isDraining = true;
      gone.resolve();
    });
    try {
      const joined = this.#isWanted && (await this.#sit(socket, gone.promise));
      if (joined) {
        this.#seated(socket, node);
        await askForMedia((name, input) => call(socket, name, input, answerMs), joined.media).catch(() => undefined);
        await gone.promise;
      }
    } finally {
      this.#stay = undefined;
      if (isDraining && this.#isWanted) this.#old = socket;
      else socket.close();
    }
  }

  #seated(socket: Socket, node: ChaosNode): void {
    this.#old?.close();
    this.#old = undefined;
    this.#stay = { socket, node };
    this.#wasIn = true;
    this.#options.note(`sits at ${node.name}`);
    this.#options.onSeated();
  }

  #listen(socket: Socket, gone: () => void): void {
    socket.once('disconnect', (reason) => {
      this.#options.note(`is disconnected: ${reason}`);
      gone();
    });
    socket.on('seat:taken', () => this.#options.note('hears that the seat is taken'));
    socket.on('chat:sent', ({ clientId }: { clientId: string }) => this.heard.add(clientId));
    socket.on('media:reset', ({ media }: Joined) => {
      askForMedia((name, input) => call(socket, name, input, answerMs), media).catch(() => undefined);
    });
    socket.on('meeting:ended', ({ meeting }: { meeting: Meeting }) => {
      // Each hears of all their meetings.
      if (meeting.id !== this.#options.meetingId) return;
      this.#over(meeting.endReason ?? undefined);
      gone();
    });
  }

  /** Undefined when the meeting is over, or the connection before it began. */
  async #sit(socket: Socket, gone: Promise<void>): Promise<Joined | undefined> {
    const { role, meetingId, onFault } = this.#options;
    while (socket.connected && this.#isWanted) {
      try {
        const verb = role === 'doctor' ? 'meeting:start' : 'meeting:join';
        return await call(socket, verb, { meetingId }, answerMs);
      } catch (error) {
        const code = error instanceof CallFailed ? error.code : undefined;
        if (code === 'MEETING_NOT_FOUND') onFault('is told that there is no such meeting');
        if (code === 'MEETING_NOT_STARTED' && this.#wasIn) onFault('was in, and is told that it has not begun');
        if (code === 'MEETING_ENDED' || code === 'MEETING_CANCELLED') return this.#over(undefined);
        if (code !== 'MEETING_NOT_STARTED') throw error;
        await this.#wait(socket, gone);
      }
    }
    return undefined;
  }

  /** Until the doctor starts; asked again now and then, as a patient who looks at their telephone does. */
  async #wait(socket: Socket, gone: Promise<void>): Promise<void> {
    const started = Promise.withResolvers<void>();
    socket.once('meeting:started', () => started.resolve());
    const { meetingId } = this.#options;
    await call(socket, 'meeting:wait', { meetingId }, answerMs).catch((error: unknown) => {
      if (!(error instanceof CallFailed && error.code === 'MEETING_ACTIVE')) throw error;
      started.resolve();
    });
    await Promise.race([started.promise, gone, pause(lookAgainMs)]);
  }

  #over(reason: EndReason | undefined): undefined {
    if (!this.#isOver) this.#options.note(`hears that it is over: ${reason ?? 'no reason'}`);
    this.#isOver = true;
    this.#options.onOver(reason);
  }
}
