/** Looks through a file that has come: what is kept of it, and what the virus scanner says. */
import { createHash } from 'node:crypto';
import { ScannerDown } from '../../adapters/scan/index.ts';
import type { ReceivedFile } from '../../platform/http/multipart.ts';
import type { UploadDeps } from './deps.ts';
import { cleanImage } from './image.ts';
import { bad, requireKind } from './kinds.ts';
import { pdfFindings } from './pdf-findings.ts';
import type { ContentType, UploadStatus } from './schema.ts';

export interface Inspected {
  bytes: Buffer;
  sha256: Buffer;
  scan: ScanState;
}

export interface ScanState {
  status: UploadStatus;
  finding: string | null;
  signatures: string | null;
  scannedAt: Date | null;
}

/** What becomes of files that no scanner has looked at, by the clinic's setting. */
export type UnscannedPolicy = 'allow' | 'refuse';

/** Throws what says why the file is not taken. */
export async function inspect(
  deps: Pick<UploadDeps, 'pdfs' | 'scanner' | 'clock'>,
  file: ReceivedFile,
  { kind, unscanned }: { kind: ContentType; unscanned: UnscannedPolicy },
): Promise<Inspected> {
  const received = await wholeOf(file);
  await requireKind(received, kind);
  const bytes = kind === 'application/pdf' ? await cleanPdf(deps, received) : await cleanImage(received, kind);
  // As it came: what is encoded anew may have lost what gives it away.
  const scan = await scanned(deps, file.read(), unscanned);
  return { bytes, sha256: createHash('sha256').update(bytes).digest(), scan };
}

/** Where the scanner cannot say anything, the clinic's policy does: open, or held back until it can. */
export async function scanned(
  { scanner, clock }: Pick<UploadDeps, 'scanner' | 'clock'>,
  bytes: AsyncIterable<Uint8Array>,
  unscanned: UnscannedPolicy,
): Promise<ScanState> {
  const nobodyLooked = { finding: null, signatures: null, scannedAt: null };
  if (!scanner) return { status: 'not_scanned', ...nobodyLooked };
  try {
    // Before the scan: signatures that come meanwhile have it looked at again.
    const signatures = await scanner.signatures();
    const verdict = await scanner.scan(bytes);
    const looked = { signatures, scannedAt: clock.now() };
    if (verdict.clean) return { status: 'clean', finding: null, ...looked };
    return { status: 'quarantined', finding: verdict.finding, ...looked };
  } catch (error) {
    if (!(error instanceof ScannerDown)) throw error;
    return { status: unscanned === 'allow' ? 'not_scanned' : 'quarantined', ...nobodyLooked };
  }
}

async function cleanPdf({ pdfs }: Pick<UploadDeps, 'pdfs'>, bytes: Buffer): Promise<Buffer> {
  const finding = await pdfs.look(Uint8Array.from(bytes));
  if (finding) throw bad(pdfFindings[finding]);
  return bytes;
}

async function wholeOf(file: ReceivedFile): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of file.read()) parts.push(part);
  return Buffer.concat(parts);
}
