/** What of a clinic the assistant says: remembered, so that an emergency is answered whatever the database does. */
import { setTimeout as pause } from 'node:timers/promises';
import { parseSettings } from '../../identity/index.ts';
import { Prisma } from '../../platform/db/client.ts';
import type { TenantDb } from '../../platform/db/scope.ts';

export interface ClinicWords {
  clinicName: string;
  emergencyNumber: string;
  timeZone: string;
  /** Whether the clinic lets a model answer. */
  byModel: boolean;
}

/** How long somebody in need waits for what is likely to be known already. */
const longestMs = 250;

/** Good on any mobile network of the world (3GPP TS 22.101), so for a clinic of which nothing is known yet, too. */
const unknownClinic: ClinicWords = {
  clinicName: 'the clinic',
  emergencyNumber: '112',
  timeZone: 'UTC',
  byModel: false,
};

export class ClinicWordsBook {
  readonly #known = new Map<string, ClinicWords>();

  async read(db: TenantDb): Promise<ClinicWords> {
    const [row] = await db.read<{ name: string; settings: unknown }>(
      Prisma.sql`select name, settings from tenant where id = ${db.tenantId}::uuid`,
    );
    const { timeZone, emergencyNumber, assistantByModel: byModel } = parseSettings(row?.settings);
    const words = {
      clinicName: row?.name ?? unknownClinic.clinicName,
      emergencyNumber,
      timeZone,
      byModel,
    };
    this.#known.set(db.tenantId, words);
    return words;
  }

  /** The same within a quarter of a second, or as it was known last. Never rejects. */
  async readSoon(db: TenantDb): Promise<ClinicWords> {
    const known = () => this.#known.get(db.tenantId) ?? unknownClinic;
    return Promise.race([this.read(db).catch(known), pause(longestMs).then(known)]);
  }
}
