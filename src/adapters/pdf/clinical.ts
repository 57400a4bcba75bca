/** A clinical document as PDF: what it says, its codes, who answers for it. Nothing loaded from anywhere. */
import { Readable } from 'node:stream';
import { unwritable } from './runs.ts';
import { heightOf, openSheet, type Sheet, write } from './write.ts';

interface Row {
  label: string;
  value: string;
}

export interface ClinicalSheet {
  title: string;
  /** BCP 47. */
  language: string;
  /** Whose paper it is. */
  issuer: string;
  /** About whom and when. */
  facts: readonly Row[];
  sections: readonly ({ heading: string } & ({ text: string } | { points: readonly string[] }))[];
  /** Left out where there are none. */
  codes: { heading: string; rows: readonly Row[] };
  signature: { heading: string; rows: readonly Row[]; note: string | null };
  /** Below every page; pages count from 1. */
  footer(page: number, pages: number): string;
}

const isWritable = (text: string) => unwritable(text).length === 0;
const body = 11;

/** Streams while it is written. A label whose value is in letters that no font here has is left out with it. */
export function renderClinical({ title, language, issuer, footer, ...parts }: ClinicalSheet): Readable {
  const sheet = openSheet({ title, language, buffered: true });
  if (isWritable(issuer)) write(sheet, issuer, { size: body + 1 });
  sheet.y += 6;
  write(sheet, title, { size: 20, weight: 'bold' });
  sheet.y += 8;
  for (const row of parts.facts) writeRow(sheet, row);
  rule(sheet);
  for (const section of parts.sections) {
    heading(sheet, section.heading);
    if ('text' in section) write(sheet, section.text, { size: body });
    else for (const point of section.points) writePoint(sheet, point);
    sheet.y += 8;
  }
  if (parts.codes.rows.length > 0) {
    heading(sheet, parts.codes.heading);
    for (const row of parts.codes.rows) writeRow(sheet, row);
  }
  writeSignature(sheet, parts.signature);
  number(sheet, footer);
  sheet.end();
  return Readable.from(sheet as AsyncIterable<Buffer>);
}

/** Together on one page: a name without what it stands under is no signature. */
function writeSignature(sheet: Sheet, { heading: words, rows, note }: ClinicalSheet['signature']): void {
  const height = 60 + rows.reduce((sum, row) => sum + rowHeight(sheet, row), 0) + (note ? 30 : 0);
  keepTogether(sheet, height);
  rule(sheet);
  heading(sheet, words);
  for (const row of rows) writeRow(sheet, row);
  if (note !== null) write(sheet, note, { size: 9 });
}

const column = 150;
const beside = (sheet: Sheet) => ({ size: body, x: sheet.page.margins.left + column + 10 });

function rowHeight(sheet: Sheet, { label, value }: Row): number {
  const sides = [heightOf(sheet, value, beside(sheet)), heightOf(sheet, label, { size: body, width: column })];
  return Math.max(...sides) + 4;
}

function writeRow(sheet: Sheet, row: Row): void {
  if (!isWritable(row.value)) return;
  const height = rowHeight(sheet, row);
  keepTogether(sheet, height);
  const { y } = sheet;
  write(sheet, row.label, { size: body, width: column });
  sheet.y = y;
  write(sheet, row.value, beside(sheet));
  // A value longer than a page has gone on to the next.
  if (sheet.y > y) sheet.y = y + height;
}

function writePoint(sheet: Sheet, text: string): void {
  const at = { size: body, x: sheet.page.margins.left + 14 };
  keepTogether(sheet, Math.min(heightOf(sheet, text, at), body * 3));
  const { y } = sheet;
  write(sheet, '•', { size: body, width: 12 });
  sheet.y = y;
  write(sheet, text, at);
}

/** With at least two lines of what comes below. */
function heading(sheet: Sheet, text: string): void {
  keepTogether(sheet, 13 * 1.4 + 2 * body * 1.4);
  write(sheet, text, { size: 13, weight: 'bold' });
  sheet.y += 2;
}

function keepTogether(sheet: Sheet, height: number): void {
  if (sheet.y + height > sheet.page.maxY()) sheet.addPage();
}

function rule(sheet: Sheet): void {
  const { left, right } = sheet.page.margins;
  sheet.y += 6;
  sheet
    .moveTo(left, sheet.y)
    .lineTo(sheet.page.width - right, sheet.y)
    .lineWidth(0.5)
    .stroke();
  sheet.y += 10;
}

/** In the margin, once it is known how many pages there are. */
function number(sheet: Sheet, footer: ClinicalSheet['footer']): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    sheet.switchToPage(start + index);
    const { bottom } = sheet.page.margins;
    sheet.page.margins.bottom = 0;
    sheet.y = sheet.page.height - bottom + 14;
    write(sheet, footer(index + 1, count), { size: 8 });
    sheet.page.margins.bottom = bottom;
  }
}
