/**
 * Sends the mail that waits (postbox.ts). A mail is claimed for a while, sent outside of any transaction, and written off;
 * a worker that dies in between leaves it to the next one after the lease. So a mail is sent once, but for a death between
 * the server's last word and ours; then it goes again under the same Message-ID.
 */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { type Database, withoutTenant_forNamedJob } from '../db/scope.ts';
import type { Logger } from '../logger.ts';
import type { Sealer } from '../sealer.ts';
import { fail, SpanKind, withSpan } from '../telemetry/tracing.ts';
import type { Mail } from './postbox.ts';
import { type Delivery, longestTryMs, type MailSender } from './sender.ts';

export interface MailKeeperDeps {
  database: Database;
  clock: Clock;
  logger: Logger;
  sealer: Sealer;
  sender: MailSender;
}

interface Claimed {
  tenantId: string;
  id: string;
  sealed: Uint8Array;
  attempts: number;
  createdAt: Date;
}

const pollMs = 1_000;
/** Longer than a try can take. */
const leaseMs = longestTryMs + 30_000;
/** A mail that is put off: after 15 s, then twice as long each time. */
const firstRetryMs = 15_000;
const longestRetryMs = 60 * 60_000;
/** Then links have run out, and who waited has asked again. */
const givesUpAfterMs = 24 * 60 * 60_000;
/** A server that cannot be reached is left alone for a while; nobody's mail is to blame. */
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;
/** What became of a mail can be seen for so long. */
const remembersMs = 7 * 24 * 60 * 60_000;
const forgetEveryMs = 60 * 60_000;

const StoredMail = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  calendar: z.object({ method: z.enum(['REQUEST', 'CANCEL', 'PUBLISH']), content: z.string() }).optional(),
});

export class MailKeeper {
  readonly #deps: MailKeeperDeps;
  #timer: NodeJS.Timeout | undefined;
  /** Passes run one after the other. */
  #turn: Promise<number> = Promise.resolve(0);
  #running = false;
  #failures = 0;
  /** What became of mails that could not be written down, because the database was away: they are not sent again by us. */
  readonly #unwritten = new Map<string, Settled>();
  /** By the clock: until then the server is left alone. */
  #pausedUntil = 0;
  #forgetAt = 0;
  #stopped = false;

  constructor(deps: MailKeeperDeps) {
    this.#deps = deps;
  }

  /** Looks at once, then about every second. Idempotent. */
  start(): void {
    if (this.#stopped) return;
    this.#timer ??= setInterval(() => void this.#look(), pollMs).unref();
    void this.#look();
  }

  /** Sends all that is due now, unless the server is being left alone; answers how many mails went out. */
  sendNow(): Promise<number> {
    const sent = this.#turn.then(() => this.#sendDue());
    this.#turn = sent.catch(() => 0);
    return sent;
  }

  /** Idempotent; gives up the try that is under way, and waits for that. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#deps.sender.close();
    await this.#turn;
  }

  async #look(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      await this.sendNow();
    } catch (error) {
      this.#deps.logger.warn({ err: error }, 'waiting mail was not looked at, trying again');
    } finally {
      this.#running = false;
    }
  }

  async #sendDue(): Promise<number> {
    await this.#forget();
    let sent = 0;
    for (;;) {
      if (this.#stopped || this.#now() < this.#pausedUntil) return sent;
      const mail = await this.#claim();
      if (!mail) return sent;
      const outcome = this.#unwritten.get(mail.id) ?? (await this.#try(mail));
      if (outcome.result === 'unreachable') {
        if (!this.#stopped) this.#pause(outcome.reason);
        await this.#giveBack(mail);
        return sent;
      }
      this.#failures = 0;
      this.#unwritten.set(mail.id, outcome);
      await this.#settle(mail, outcome);
      this.#unwritten.delete(mail.id);
      if (outcome.result === 'sent') sent += 1;
    }
  }

  /** One at a time: the longest waiting. */
  async #claim(): Promise<Claimed | undefined> {
    const [mail] = await withoutTenant_forNamedJob(
      this.#deps.database.prisma,
      'send-mail',
      (tx) => tx.$queryRaw<Claimed[]>`
        select tenant_id as "tenantId", id, sealed, attempts, created_at as "createdAt"
          from claim_mail(${this.#deps.clock.now()}::timestamptz, 1, ${leaseMs}::int)`,
    );
    return mail;
  }

  async #try({ id, tenantId, sealed }: Claimed): Promise<Delivery> {
    let mail: Mail;
    try {
      const { html, calendar, ...rest } = StoredMail.parse(JSON.parse(this.#deps.sealer.open(sealed, id)));
      mail = { ...rest, ...(html !== undefined && { html }), ...(calendar && { calendar }) };
    } catch (error) {
      this.#deps.logger.error({ err: error, tenantId, mailId: id }, 'a waiting mail cannot be opened');
      return { result: 'refused' };
    }
    return withSpan('call smtp', { kind: SpanKind.CLIENT }, async (span) => {
      const outcome = await this.#deps.sender.send(id, mail);
      if (outcome.result !== 'sent') fail(span, outcome.result);
      return outcome;
    });
  }

  async #settle(mail: Claimed, outcome: Settled): Promise<void> {
    const { tenantId, id, attempts } = mail;
    const now = this.#deps.clock.now();
    const replyCode = outcome.replyCode ?? null;
    const tooOld = now.getTime() - mail.createdAt.getTime() >= givesUpAfterMs;
    if (outcome.result === 'sent') await this.#write(mail, { sealed: null, sentAt: now, replyCode });
    else if (outcome.result === 'refused' || tooOld) {
      await this.#write(mail, { sealed: null, gaveUpAt: now, replyCode });
      this.#deps.logger.error({ tenantId, mailId: id, attempts, replyCode }, 'a mail was given up');
    } else {
      const delay = Math.min(firstRetryMs * 2 ** Math.min(attempts - 1, 16), longestRetryMs);
      await this.#write(mail, { availableAt: new Date(now.getTime() + delay), replyCode });
      this.#deps.logger.warn({ tenantId, mailId: id, attempts, replyCode }, 'a mail was put off by the mail server');
    }
  }

  /** No attempt is counted. It goes behind the others, in case the server breaks off because of it. */
  async #giveBack(mail: Claimed): Promise<void> {
    const now = this.#now();
    if (now - mail.createdAt.getTime() >= givesUpAfterMs) return this.#settle(mail, { result: 'deferred' });
    await this.#write(mail, { attempts: mail.attempts - 1, availableAt: new Date(Math.max(this.#pausedUntil, now)) });
  }

  /** Unless the lease ran out and somebody else has it by now. */
  async #write({ tenantId, id, attempts }: Claimed, data: MailChange): Promise<void> {
    await this.#deps.database
      .tenant(tenantId)
      .run((tx) => tx.outgoingMail.updateMany({ where: { id, attempts, sealed: { not: null } }, data }));
  }

  #pause(reason: string): void {
    this.#failures += 1;
    const ms = Math.min(firstPauseMs * 2 ** Math.min(this.#failures - 1, 16), longestPauseMs);
    this.#pausedUntil = this.#now() + ms;
    this.#deps.logger.error({ reason, pauseMs: ms }, 'no mail can be sent now, trying again');
  }

  async #forget(): Promise<void> {
    if (this.#now() < this.#forgetAt) return;
    this.#forgetAt = this.#now() + forgetEveryMs;
    const before = new Date(this.#now() - remembersMs);
    await withoutTenant_forNamedJob(
      this.#deps.database.prisma,
      'send-mail',
      (tx) => tx.$queryRaw`select forget_mail(${before}::timestamptz)`,
    );
  }

  #now(): number {
    return this.#deps.clock.now().getTime();
  }
}

type Settled = Exclude<Delivery, { result: 'unreachable' }>;

interface MailChange {
  sealed?: null;
  sentAt?: Date;
  gaveUpAt?: Date;
  replyCode?: number | null;
  attempts?: number;
  availableAt?: Date;
}
