/** A receipt as PDF: nothing loaded from anywhere. */
import { Readable } from 'node:stream';
import { unwritable } from './runs.ts';
import { heightOf, openSheet, write } from './write.ts';

interface Row {
  label: string;
  value: string;
}

export interface ReceiptSheet {
  title: string;
  /** Who was paid. */
  issuer: string;
  /** What stands on it, line by line. */
  lines: readonly Row[];
  total: Row;
  /** Below the total, e.g. what went back. */
  notes: readonly string[];
}

const isWritable = (text: string) => unwritable(text).length === 0;

/** Streams while it is written. A value in letters that no font here has is left out with its label. */
export function renderReceipt({ title, issuer, lines, total, notes }: ReceiptSheet): Readable {
  const sheet = openSheet({ title });
  const { left, right } = sheet.page.margins;
  const row = ({ label, value }: Row, weight: 'regular' | 'bold') => {
    const beside = { size: 11, x: left + 160 };
    if (sheet.y + heightOf(sheet, value, { ...beside, weight }) > sheet.page.maxY()) sheet.addPage();
    const { y } = sheet;
    write(sheet, label, { size: 11, width: 150 });
    sheet.y = y;
    write(sheet, value, { ...beside, weight });
    sheet.y += 4;
  };
  if (isWritable(issuer)) write(sheet, issuer, { size: 12 });
  sheet.y += 6;
  write(sheet, title, { size: 20, weight: 'bold' });
  sheet.y += 12;
  for (const line of lines.filter(({ value }) => isWritable(value))) row(line, 'regular');
  sheet
    .moveTo(left, sheet.y)
    .lineTo(sheet.page.width - right, sheet.y)
    .lineWidth(0.5)
    .stroke();
  sheet.y += 8;
  row(total, 'bold');
  for (const note of notes.filter(isWritable)) write(sheet, note, { size: 10 });
  sheet.end();
  return Readable.from(sheet as AsyncIterable<Buffer>);
}
