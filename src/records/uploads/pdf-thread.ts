/** Looks through PDFs, away from the event loop and with memory of its own: see pdf-reader.ts. */
import { parentPort } from 'node:worker_threads';
import { inflateSync } from 'node:zlib';
import { getDocument, PasswordException } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { findingIn, type PdfFinding } from './pdf-findings.ts';

/** What a stream of objects may unpack to. */
const mostUnpacked = 32_000_000;

parentPort?.on('message', ({ id, bytes }: { id: number; bytes: Uint8Array }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread's port, which has no origin.
  void look(bytes).then((finding) => parentPort?.postMessage({ id, finding }));
});

/** By what is written in it, also where nothing refers to it, and by what a reader of PDF makes of it. */
async function look(bytes: Uint8Array): Promise<PdfFinding | null> {
  const written = findingIn(objectsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
  return written ?? read(bytes);
}

/** All but what streams hold, and what streams of objects hold (7.5.7). */
function objectsOf(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(/\bstream\r?\n/g)) {
    if (match.index < from) continue;
    const begin = match.index + match[0].length;
    const end = text.indexOf('endstream', begin);
    if (end < 0) break;
    const head = text.slice(from, match.index);
    parts.push(head);
    if (/\/ObjStm\b/.test(head.slice(-2_000))) parts.push(unpack(bytes.subarray(begin, end)));
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('\n');
}

function unpack(packed: Buffer): string {
  try {
    return inflateSync(packed, { maxOutputLength: mostUnpacked, finishFlush: 2 }).toString('latin1');
  } catch {
    // Not packed, or not in this way; the reader below says whether it can be read at all.
    return packed.toString('latin1');
  }
}

async function read(data: Uint8Array): Promise<PdfFinding | null> {
  const task = getDocument({
    data,
    verbosity: 0,
    useSystemFonts: false,
    disableFontFace: true,
  });
  try {
    const document = await task.promise;
    if ((await document.getPermissions()) !== null) return 'encrypted';
    if ((await document.hasJSActions()) || (await document.getJSActions()) !== null) return 'script';
    if ((await document.getAttachments()) !== null) return 'embedded';
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      if ((await page.getJSActions()) !== null) return 'script';
      const notes = (await page.getAnnotations()) as { subtype?: string }[];
      if (notes.some(({ subtype }) => subtype === 'FileAttachment' || subtype === 'RichMedia')) return 'embedded';
      page.cleanup();
    }
    return null;
  } catch (error) {
    return error instanceof PasswordException ? 'encrypted' : 'damaged';
  } finally {
    await task.destroy();
  }
}
