/** Text on a page in whichever fonts it needs, broken into lines and pages. */
import Pdf from 'pdfkit';
import type { Weight } from './faces.ts';
import { type Run, runsOf } from './runs.ts';

export type Sheet = InstanceType<typeof Pdf>;

export interface TextStyle {
  /** In points, as all lengths are. */
  size: number;
  weight?: Weight;
  /** The left edge; the page's margin unless given. */
  x?: number;
  /** Of the column; up to the page's right margin unless given. */
  width?: number;
  align?: 'start' | 'end';
}

const lineHeight = 1.4;
/** Of Noto Sans: from the top of a line to the letters' feet. */
const ascent = 1.069;

interface SheetOptions {
  title: string;
  /** What screen readers read it in (BCP 47). */
  language?: string;
  /** Keeps all pages until the end, so that each can be told how many there are. */
  buffered?: boolean;
}

/** An A4 sheet whose first page is there. */
export function openSheet({ title, language = 'en', buffered = false }: SheetOptions): Sheet {
  const margin = 56;
  return new Pdf({
    size: 'A4',
    margin,
    pdfVersion: '1.7',
    lang: language,
    displayTitle: true,
    info: { Title: title },
    bufferPages: buffered,
  });
}

/** Writes at the sheet's `y` and leaves it below. A line that no longer fits begins the next page. */
export function write(sheet: Sheet, text: string, style: TextStyle): void {
  const { size } = style;
  for (const line of linesOf(sheet, text, style)) {
    if (sheet.y + size * lineHeight > sheet.page.maxY()) sheet.addPage();
    const { x, width } = columnOf(sheet, style);
    const { y } = sheet;
    let at = style.align === 'end' ? x + width - widthOf(sheet, line, size) : x;
    for (const run of line) {
      draw(sheet, run, { x: at, baseline: y + size * ascent, size });
      at += widthOf(sheet, [run], size);
    }
    sheet.x = x;
    sheet.y = y + size * lineHeight;
  }
}

/** How tall `text` becomes: for keeping together what belongs together. */
export function heightOf(sheet: Sheet, text: string, style: TextStyle): number {
  return linesOf(sheet, text, style).length * style.size * lineHeight;
}

/** The lines that `text` makes in its column; a word that is wider than that is broken. */
function linesOf(sheet: Sheet, text: string, style: TextStyle): Run[][] {
  const { size, weight = 'regular' } = style;
  const { width } = columnOf(sheet, style);
  const fits = (line: string) => widthOf(sheet, runsOf(line, weight), size) <= width;
  const lines = text.split(/\r?\n/).flatMap((paragraph) => {
    const broken: string[] = [];
    let line = '';
    for (const word of paragraph.split(/ +/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (fits(longer)) {
        line = longer;
        continue;
      }
      if (line !== '') broken.push(line);
      const pieces = fits(word) ? [word] : piecesOf(word, fits);
      broken.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? '';
    }
    return [...broken, line];
  });
  return lines.map((line) => runsOf(line, weight));
}

function piecesOf(word: string, fits: (text: string) => boolean): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(word)) {
    if (piece !== '' && !fits(piece + segment)) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

function columnOf(sheet: Sheet, { x, width }: TextStyle): { x: number; width: number } {
  const { left, right } = sheet.page.margins;
  const from = x ?? left;
  return { x: from, width: width ?? sheet.page.width - right - from };
}

function widthOf(sheet: Sheet, runs: readonly Run[], size: number): number {
  return runs.reduce((sum, { text, face }) => sum + use(sheet, face, size).widthOfString(text), 0);
}

function use(sheet: Sheet, { name, bytes }: Run['face'], size: number): Sheet {
  return sheet.registerFont(name, bytes).font(name).fontSize(size);
}

interface Place {
  x: number;
  baseline: number;
  size: number;
}

/** What is drawn otherwise than it is written carries its text beside (ISO 32000-1, 14.9.4). */
function draw(sheet: Sheet, { text, face }: Run, { x, baseline, size }: Place): void {
  if (face.reshapes) sheet.markContent('Span', { actual: text });
  use(sheet, face, size).text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
  if (face.reshapes) sheet.endMarkedContent();
}
