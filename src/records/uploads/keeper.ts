/**
 * What files are owed without anybody asking: bytes that no row needs are removed, files whose time is over are purged, all
 * are scanned again when the signatures change, and keys are wrapped anew when the key of the installation does. The truth
 * is in the rows; several nodes do each other no harm.
 */
import { ScannerDown } from '../../adapters/scan/index.ts';
import { withoutTenant_forNamedJob } from '../../platform/db/scope.ts';
import type { UploadDeps } from './deps.ts';
import { type Duty, duties } from './duties.ts';

interface Due {
  tenantId: string;
  kind: Duty;
  id: string;
}

const batch = 20;
const pollMs = 30_000;

export class UploadKeeper {
  readonly #deps: UploadDeps;
  #timer: NodeJS.Timeout | undefined;
  /** Passes run one after the other. */
  #turn: Promise<number> = Promise.resolve(0);
  #running = false;
  #stopped = false;

  constructor(deps: UploadDeps) {
    this.#deps = deps;
  }

  /** Looks at once, then twice a minute. Idempotent. */
  start(): void {
    if (this.#stopped) return;
    this.#timer ??= setInterval(() => void this.#look(), pollMs).unref();
    void this.#look();
  }

  /** Does all that is due now; answers how much there was. What fails is left for the next pass. */
  settleNow(): Promise<number> {
    const settled = this.#turn.then(() => this.#settleDue());
    this.#turn = settled.catch(() => 0);
    return settled;
  }

  /** Idempotent; waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#turn;
  }

  async #look(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      await this.settleNow();
    } catch (error) {
      this.#deps.logger.warn({ err: error }, 'what is due of files was not looked at, trying again');
    } finally {
      this.#running = false;
    }
  }

  async #settleDue(): Promise<number> {
    const signatures = await this.#signatures();
    const failed = new Set<string>();
    for (let settled = 0; ; ) {
      const due = await this.#due(signatures, batch + failed.size);
      const fresh = due.filter(({ id }) => !failed.has(id));
      if (fresh.length === 0) return settled;
      for (const { tenantId, kind, id } of fresh) {
        if (this.#stopped) return settled;
        try {
          await duties[kind](this.#deps, this.#deps.database.tenant(tenantId), { id, signatures });
          settled += 1;
        } catch (error) {
          failed.add(id);
          this.#deps.logger.error({ err: error, tenantId, kind, id }, 'what was due of a file was not done');
        }
      }
    }
  }

  #due(signatures: string | null, max: number): Promise<Due[]> {
    const { clock, keys, database } = this.#deps;
    return withoutTenant_forNamedJob(
      database.prisma,
      'keep-uploads',
      (tx) => tx.$queryRaw<Due[]>`
        select tenant_id as "tenantId", kind, id
        from due_uploads(${clock.now()}::timestamptz, ${signatures}, ${keys.present}, ${max}::int)`,
    );
  }

  /** Null while no scanner answers, and then nothing is scanned again. */
  async #signatures(): Promise<string | null> {
    try {
      return (await this.#deps.scanner?.signatures()) ?? null;
    } catch (error) {
      if (!(error instanceof ScannerDown)) throw error;
      this.#deps.logger.warn({ err: error }, 'the virus scanner does not answer');
      return null;
    }
  }
}
