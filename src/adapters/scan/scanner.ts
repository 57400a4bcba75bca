/** Who looks for malware. */
export type Verdict = { clean: true } | { clean: false; finding: string };

export interface Scanner {
  /** Throws ScannerDown when it could not look at all of it. */
  scan(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Verdict>;
  /** Names its signatures; another name means other signatures. Throws ScannerDown. */
  signatures(): Promise<string>;
}

/** It cannot be reached, took too long, or gave up. Says nothing of the file. */
export class ScannerDown extends Error {
  override name = 'ScannerDown';
}
