/** A receipt as PDF: one page, nothing loaded from anywhere. */
import { Readable } from 'node:stream';
import Pdf from 'pdfkit';

export interface ReceiptSheet {
  title: string;
  /** Who was paid. */
  issuer: string;
  /** What stands on it, line by line. */
  lines: readonly { label: string; value: string }[];
  total: { label: string; value: string };
  /** Below the total, e.g. what went back. */
  notes: readonly string[];
}

/** The fonts that every reader of PDF has know the letters of western Europe (WinAnsi), and no others. */
const printable = /^[\u0020-\u007e\u00a0-\u00ff]*$/;

export function isPrintable(text: string): boolean {
  return printable.test(text);
}

/** Streams while it is written. Values that cannot be printed are left out with their labels. */
export function renderReceipt({ title, issuer, lines, total, notes }: ReceiptSheet): Readable {
  const document = new Pdf({ size: 'A4', margin: 56, info: { Title: title } });
  const width = document.page.width - 112;
  if (isPrintable(issuer)) document.font('Helvetica').fontSize(12).text(issuer);
  document.moveDown(0.5).font('Helvetica-Bold').fontSize(20).text(title).moveDown();
  const row = ({ label, value }: { label: string; value: string }, font: string) => {
    const { y } = document;
    document.font('Helvetica').fontSize(11).text(label, 56, y, { width: 150 });
    document
      .font(font)
      .text(value, 216, y, { width: width - 160 })
      .moveDown(0.4);
  };
  for (const line of lines.filter(({ value }) => isPrintable(value))) row(line, 'Helvetica');
  document
    .moveTo(56, document.y)
    .lineTo(56 + width, document.y)
    .lineWidth(0.5)
    .stroke()
    .moveDown(0.6);
  row(total, 'Helvetica-Bold');
  for (const note of notes.filter(isPrintable)) document.font('Helvetica').fontSize(10).text(note, 56).moveDown(0.2);
  document.end();
  return Readable.from(document as AsyncIterable<Buffer>);
}
