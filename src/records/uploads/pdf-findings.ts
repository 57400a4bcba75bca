/** What a PDF that is taken must not have, by the names of ISO 32000-2. */
export const pdfFindings = {
  damaged: 'Cannot be read as a PDF',
  encrypted: 'Is encrypted: save it without a password',
  script: 'Holds a script',
  launch: 'Starts a program',
  embedded: 'Has another file inside',
  heavy: 'Takes too long to look through',
} as const;
export type PdfFinding = keyof typeof pdfFindings;

const forbidden: readonly [RegExp, PdfFinding][] = [
  [/\/Encrypt(?![A-Za-z])/, 'encrypted'],
  [/\/(?:JavaScript|JS|XFA)(?![A-Za-z0-9])/, 'script'],
  [/\/(?:Launch|ImportData|SubmitForm)(?![A-Za-z0-9])/, 'launch'],
  [/\/(?:EmbeddedFiles?|RichMedia|Filespec\s*\/EF)(?![A-Za-z0-9])/, 'embedded'],
];

/** By the names in objects as they are written, hexadecimal escapes undone (7.3.5). */
export function findingIn(objects: string): PdfFinding | null {
  const names = objects.replaceAll(/#([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return forbidden.find(([pattern]) => pattern.test(names))?.[1] ?? null;
}
