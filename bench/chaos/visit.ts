/** One meeting from its making to its end, as its two participants have planned it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { rest } from '../../load/people.ts';
import type { EndReason, Meeting, ParticipantRole } from '../../signaling/protocol/index.ts';
import type { Couple } from '../clinic.ts';
import { type Deeds, noDeeds } from './deeds.ts';
import { Visitor } from './visitor.ts';
import type { ChaosClinic, World } from './world.ts';

/** How it is to end; one that `stays` goes on until the run is over, or until its time is, when the doctor ends it. */
export type Plan =
  | 'doctor ends'
  | 'staff ends'
  | 'is cancelled'
  | 'doctor leaves'
  | 'doctor vanishes'
  | 'patient leaves'
  | 'patient vanishes'
  | 'both vanish'
  | 'stays';

export interface VisitOptions {
  world: World;
  clinic: ChaosClinic;
  couple: Couple;
  plan: Plan;
  /** From 0 to 1. */
  random: () => number;
  /** How long both talk. */
  talkMs: number;
  /** The run is over: nobody waits for anything but the end. */
  bell: AbortSignal;
  /** Nobody tries any more. */
  stop: AbortSignal;
}

export class Visit {
  readonly plan: Plan;
  readonly clinic: ChaosClinic;
  readonly deeds: Deeds = noDeeds();
  /** What contradicts what was acknowledged before. */
  readonly faults: string[] = [];
  readonly log: string[] = [];
  readonly #options: VisitOptions;
  #id = '';
  #people: Record<ParticipantRole, Visitor> | undefined;
  /** Both are to be in it, and nobody has begun to end it. */
  isInTalk = false;

  constructor(options: VisitOptions) {
    this.#options = options;
    this.plan = options.plan;
    this.clinic = options.clinic;
  }

  /** Empty until it is made. */
  get id(): string {
    return this.#id;
  }

  get doctor(): Visitor {
    return this.#person('doctor');
  }

  get patient(): Visitor {
    return this.#person('patient');
  }

  get isOver(): boolean {
    return this.#people !== undefined && (this.doctor.isOver || this.patient.isOver);
  }

  /** Until its plan is carried out, or it stays when the bell rings. Rejects when `stop` comes before that. */
  async hold(): Promise<void> {
    const { random, couple } = this.#options;
    this.#id = await this.#make();
    this.#note('clinic', `made, with a grace of ${this.clinic.graceSeconds} s: ${this.plan}`);
    const current = await this.clinic.renewed(couple);
    this.#people = { doctor: this.#visitor('doctor', current), patient: this.#visitor('patient', current) };
    this.patient.come();
    await pause(random() * 1_500);
    if (this.plan === 'is cancelled') return this.#cancel();
    this.deeds.started = 'asked';
    this.doctor.come();
    await this.#until(() => this.isOver || (this.doctor.isSeated && this.patient.isSeated));
    this.isInTalk = true;
    await this.#talk();
    if (this.plan === 'stays' && this.#options.bell.aborted) return;
    this.isInTalk = false;
    await this.#conclude();
  }

  /** The doctor ends it, whatever the plan was. */
  async end(): Promise<void> {
    this.isInTalk = false;
    while (!this.isOver) {
      await this.#until(() => this.isOver || this.doctor.isSeated);
      if (this.isOver) return;
      if (this.deeds.ended === 'no') this.deeds.ended = 'asked';
      this.#note('doctor', 'ends it');
      const meeting = await this.doctor.end().catch(() => undefined);
      if (meeting) {
        this.deeds.ended = 'answered';
        this.#told(meeting.endReason ?? undefined);
        return;
      }
      await pause(100);
    }
  }

  /** A participant's connection is lost. */
  cut(role: ParticipantRole): void {
    const gone = role === 'doctor' ? 'doctorGone' : 'patientGone';
    if (this.deeds[gone] === 'never') this.deeds[gone] = 'moment';
    this.#person(role).cut();
  }

  /** The patient is away for longer than their window, and then comes back to whatever is left. */
  async loseForLong(windowSeconds: number): Promise<void> {
    this.deeds.patientGone = 'long';
    await this.patient.vanish();
    await this.#untilBell((windowSeconds + 5) * 1_000);
    if (!this.isOver) this.patient.come();
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#people ?? {}).map((person) => person.close()));
  }

  async #talk(): Promise<void> {
    const { random, talkMs, bell } = this.#options;
    const until = performance.now() + talkMs;
    while (!bell.aborted && !this.isOver && performance.now() < until) {
      await this.#untilBell(3_000 + random() * 6_000);
      void this.#person(random() < 0.5 ? 'doctor' : 'patient').say();
    }
  }

  async #conclude(): Promise<void> {
    const { deeds } = this;
    switch (this.plan) {
      case 'doctor ends':
      case 'stays':
        return this.end();
      case 'staff ends':
        return this.#endByStaff();
      case 'doctor leaves':
      case 'doctor vanishes':
        deeds.doctorGone = 'good';
        await (this.plan === 'doctor leaves' ? this.doctor.leave() : this.doctor.vanish());
        break;
      case 'patient leaves':
      case 'patient vanishes':
        deeds.patientGone = 'good';
        await (this.plan === 'patient leaves' ? this.patient.leave() : this.patient.vanish());
        break;
      case 'both vanish':
        deeds.doctorGone = deeds.patientGone = 'good';
        await Promise.all([this.doctor.vanish(), this.patient.vanish()]);
        break;
      case 'is cancelled':
        return;
    }
    await this.#until(async () => this.isOver || (await this.#read())?.status === 'ended');
  }

  /** Under one key, so that it is made once however often it is asked for. */
  async #make(): Promise<string> {
    const { doctorId, patientId } = this.#options.couple;
    const body = { doctorId, patientId, scheduledAt: new Date().toISOString() };
    const key = randomUUID();
    for (;;) {
      const made = await this.#ask('POST', '/meetings', body, key);
      if (made) return made.id;
      await this.#pause();
    }
  }

  async #cancel(): Promise<void> {
    this.deeds.cancelled = 'asked';
    const key = randomUUID();
    for (;;) {
      const meeting = await this.#ask('POST', `/meetings/${this.#id}/cancel`, { reason: 'A plan.' }, key);
      if (meeting) {
        this.deeds.cancelled = 'answered';
        return;
      }
      await this.#pause();
    }
  }

  async #endByStaff(): Promise<void> {
    this.deeds.endedByStaff = 'asked';
    const key = randomUUID();
    while (!this.isOver) {
      const meeting = await this.#ask('POST', `/meetings/${this.#id}/end`, undefined, key);
      if (meeting) {
        this.deeds.endedByStaff = 'answered';
        this.#told(meeting.endReason ?? undefined);
        return;
      }
      await this.#pause();
    }
  }

  async #read(): Promise<Meeting | undefined> {
    await pause(1_000);
    return this.#ask('GET', `/meetings/${this.#id}`);
  }

  /** Undefined when it was not done, or nobody says that it was. */
  async #ask(method: string, path: string, body?: unknown, key?: string): Promise<Meeting | undefined> {
    const node = this.#options.world.nextNode();
    const token = await this.clinic.staffToken();
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    return rest<Meeting>(node, method, path, { token, body, headers, limitMs: 8_000 }).catch((error: unknown) => {
      this.#note('clinic', `${method} at ${node.name}: ${error instanceof Error ? error.message : 'no answer'}`);
      return undefined;
    });
  }

  async #until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await this.#pause(100);
  }

  async #pause(ms = 300): Promise<void> {
    await pause(ms, undefined, { signal: this.#options.stop });
  }

  /** Or until the bell, if that comes first. */
  async #untilBell(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#options.bell }).catch(() => undefined);
  }

  #person(role: ParticipantRole): Visitor {
    const person = this.#people?.[role];
    if (!person) throw new Error('The visit has not begun.');
    return person;
  }

  #visitor(role: ParticipantRole, { doctorToken, patientToken }: Couple): Visitor {
    const token = role === 'doctor' ? doctorToken : patientToken;
    return new Visitor({
      role,
      meetingId: this.#id,
      nextNode: this.#options.world.nextNode,
      token: async () => token,
      note: (what) => this.#note(role, what),
      onSeated: () => {
        if (role === 'doctor') this.deeds.started = 'answered';
      },
      onOver: (reason) => this.#told(reason),
      onFault: (what) => this.faults.push(`the ${role} ${what}`),
    });
  }

  #told(reason: EndReason | undefined): void {
    if (reason === undefined) return;
    if (this.deeds.told !== undefined && this.deeds.told !== reason)
      this.faults.push(`it is said to be over by ${this.deeds.told}, and by ${reason}`);
    this.deeds.told ??= reason;
  }

  #note(who: string, what: string): void {
    this.log.push(`${new Date().toISOString().slice(11, 23)} ${who} ${what}`);
  }
}
