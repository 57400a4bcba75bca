/** Files as people send them and as they should not: all made here, none taken from anywhere. */
import { deflateSync } from 'node:zlib';
import PdfDocument from 'pdfkit';
import sharp from 'sharp';

/** What our own signature database of tests/support/clamd.ts finds. It does nothing. */
export const infection = 'HOUSECALL-STANDARD-TEST-INFECTION-6f1d';

export async function jpeg({ width = 64, height = 48 } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#c04020' } })
    .withExif({ IFD0: { Copyright: 'somebody', Make: 'Camera of somebody' } })
    .jpeg()
    .toBuffer();
}

export async function png({ width = 64, height = 48 } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 4, background: '#2040c0' } })
    .png()
    .toBuffer();
}

/** Of about so many bytes. */
export async function noisyJpeg(width: number, height: number, quality = 95): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, noise, background: '#000' } })
    .jpeg({ quality })
    .toBuffer();
}

interface PdfOptions {
  userPassword?: string;
  ownerPassword?: string;
}

export async function pdf(
  options: PdfOptions = {},
  draw: (document: PDFKit.PDFDocument) => void = () => {},
): Promise<Buffer> {
  const document = new PdfDocument({ ...options, pdfVersion: '1.7' });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.once('end', resolve));
  document.text('Haemoglobin 13.5 g/dl');
  draw(document);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

/** A small PDF written by hand, whose catalogue has these entries, and these objects besides. */
export function pdfWith(catalogue: string, objects: readonly string[] = []): Buffer {
  const all = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Resources << >> >>',
    ...objects,
  ];
  let text = '%PDF-1.7\n';
  const offsets = all.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  const entries = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${entries}`;
  text += `trailer\n<< /Size ${all.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A PDF of exactly so many bytes: a comment makes up what is missing. */
export function pdfOfSize(bytes: number): Buffer {
  const start = pdfWith('');
  const end = start.lastIndexOf('startxref');
  const missing = bytes - start.length;
  if (missing < 2) throw new Error(`A PDF has at least ${start.length + 2} bytes.`);
  const comment = Buffer.from(`%${'x'.repeat(missing - 2)}\n`);
  return Buffer.concat([start.subarray(0, end), comment, start.subarray(end)]);
}

/** A PNG that says it has so many pixels, and whose few bytes unpack to a great many zeros. */
export function pixelBomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc(8_000_000), { level: 9 });
  return Buffer.concat([signature, chunkOf('IHDR', head), chunkOf('IDAT', data), chunkOf('IEND', Buffer.alloc(0))]);
}

function chunkOf(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** Of ISO 3309, as PNG wants it. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export function deflated(text: string): Buffer {
  return deflateSync(Buffer.from(text, 'latin1'));
}

/** The text of EICAR's test file, put together here so that no scanner takes this source for one. */
export function eicarLike(): string {
  return ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join('');
}

/** An archive with nothing in it: its end alone, by which every reader of ZIP finds it. */
export const emptyZip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');

/** With a segment of ours behind its head, as a comment. */
export function withComment(picture: Buffer, comment: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(comment.length + 2);
  const segment = Buffer.concat([Buffer.of(0xff, 0xfe), length, Buffer.from(comment, 'latin1')]);
  return Buffer.concat([picture.subarray(0, 2), segment, picture.subarray(2)]);
}
