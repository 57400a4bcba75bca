/**
 * The fonts of documents on paper: Noto Sans, cut into parts by script, of which a document takes in what it uses. The fonts that
 * every reader of PDF has know the letters of western Europe alone.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Pdf from 'pdfkit';

export type Weight = 'regular' | 'bold';

export interface Face {
  /** Under which a document has it. */
  name: string;
  bytes: Buffer;
  has(codePoint: number): boolean;
  /** Whether it draws otherwise than is written: in another order (Unicode 12.1), or marks apart from their letter. */
  reshapes: boolean;
}

/** In the order of asking. */
const parts = [
  ...['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'greek', 'cyrillic-ext', 'greek-ext'].map((script) => ({
    family: 'noto-sans',
    script,
  })),
  { family: 'noto-sans-devanagari', script: 'devanagari' },
];

const reshaping = new Set(['vietnamese', 'devanagari']);

const numbers: Record<Weight, number> = { regular: 400, bold: 700 };

const { resolve } = createRequire(import.meta.url);

/** What pdfkit has and its types do not say: the font as fontkit reads it. */
type Inner = Record<'_font', { font: { hasGlyphForCodePoint(codePoint: number): boolean } }>;

function open({ family, script }: (typeof parts)[number], weight: Weight): Face {
  const file = `@fontsource/${family}/files/${family}-${script}-${numbers[weight]}-normal.woff`;
  const bytes = readFileSync(resolve(file));
  const name = `${family}-${script}-${weight}`;
  const probe = new Pdf({ autoFirstPage: false }).font(bytes) as unknown as Inner;
  const { font } = probe['_font'];
  return { name, bytes, has: (codePoint) => font.hasGlyphForCodePoint(codePoint), reshapes: reshaping.has(script) };
}

const opened = new Map<Weight, readonly Face[]>();

/** Read once, when the first document is written. */
export function facesOf(weight: Weight): readonly Face[] {
  const known = opened.get(weight);
  if (known) return known;
  const faces = parts.map((part) => open(part, weight));
  opened.set(weight, faces);
  return faces;
}
