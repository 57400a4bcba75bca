/** The part of the composition root that has to do with uploaded files: where they are kept and who looks through them. */
import os from 'node:os';
import path from 'node:path';
import { openDiskStore, openS3Store } from './adapters/blob/index.ts';
import { createClamd } from './adapters/scan/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db/scope.ts';
import type { Route } from './platform/http/route.ts';
import type { OutboxRelay } from './platform/jobs/relay.ts';
import type { Lifecycle } from './platform/lifecycle.ts';
import type { Logger } from './platform/logger.ts';
import type { Postbox } from './platform/mail/postbox.ts';
import { createSealer } from './platform/sealer.ts';
import {
  AtOnce,
  keyPurpose,
  linkPurpose,
  openIncoming,
  PdfReader,
  type UploadDeps,
  UploadKeeper,
  uploadRoutes,
} from './records/index.ts';

interface Base {
  config: Config;
  logger: Logger;
  lifecycle: Lifecycle;
  clock: Clock;
}

export async function openUploads(
  { config, logger, lifecycle, clock }: Base,
  parts: { database: Database; encryptionKey: string; postbox: Postbox; relay: OutboxRelay; publicUrl(): string },
): Promise<{ routes: Route[]; keeper: UploadKeeper }> {
  const { database, encryptionKey, postbox, relay, publicUrl } = parts;
  const { s3, clamd } = config.files;
  const store = s3 ? openS3Store(s3) : await openDiskStore(path.join(config.dataDir, 'files'));
  lifecycle.onStop('files', () => store.close());
  const sink = await openIncoming(config.dataDir);
  lifecycle.onStop('incoming files', () => sink.close());
  const pdfs = new PdfReader();
  lifecycle.onStop('reader of PDFs', () => pdfs.close());
  const deps: UploadDeps = {
    database,
    clock,
    logger,
    sink,
    store,
    scanner: clamd && createClamd(clamd),
    keys: createSealer(encryptionKey, keyPurpose),
    links: createSealer(encryptionKey, linkPurpose),
    pdfs,
    // A core is left for everybody else.
    turns: new AtOnce(Math.max(1, os.availableParallelism() - 1)),
    postbox,
    publicUrl,
    onShared: () => relay.nudge(),
  };
  const keeper = new UploadKeeper(deps);
  lifecycle.onStop('uploads', () => keeper.stop());
  return { routes: uploadRoutes(deps), keeper };
}
