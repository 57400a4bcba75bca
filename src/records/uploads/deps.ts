import type { BlobStore } from '../../adapters/blob/index.ts';
import type { Scanner } from '../../adapters/scan/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/scope.ts';
import type { FileSink } from '../../platform/http/multipart.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Postbox } from '../../platform/mail/postbox.ts';
import type { Sealer } from '../../platform/sealer.ts';
import type { AtOnce } from './at-once.ts';
import type { PdfReader } from './pdf-reader.ts';

export interface UploadDeps {
  database: Database;
  clock: Clock;
  logger: Logger;
  /** Where files stay while they come. */
  sink: FileSink;
  store: BlobStore;
  /** None where the installation has no virus scanner. */
  scanner: Scanner | undefined;
  /** Seals the files' keys; with `keyPurpose`. */
  keys: Sealer;
  /** Seals links; with `linkPurpose`. */
  links: Sealer;
  pdfs: PdfReader;
  /** How many files are looked through at a time: what is decoded is in memory. */
  turns: AtOnce;
  postbox: Postbox;
  publicUrl(): string;
  /** Something is in the outbox that somebody waits for. */
  onShared(): void;
}

export const keyPurpose = 'uploaded files';
export const linkPurpose = 'links to uploaded files';
