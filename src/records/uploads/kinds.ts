/** The kinds of file that are taken. What its name says, what the sender says and what it is must agree. */
import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '../../platform/errors.ts';
import type { ContentType } from './schema.ts';

const typeOfEnding: Record<string, ContentType> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};

/** What a second ending lets a careless system run. */
const dangerous =
  /\.(?:exe|com|bat|cmd|scr|pif|msi|jar|js|jse|vbs?|wsf|hta|ps1|sh|lnk|dll|html?|xhtml|svg|php\d?|aspx?|jsp|docm|xlsm|zip)(?=\.)/i;

/** Throws UNSUPPORTED_MEDIA_TYPE, or INVALID_INPUT for a name that is made to deceive. */
export function kindByName(name: string, declared: string): ContentType {
  const kind = typeOfEnding[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  if (!kind) throw refused();
  if (dangerous.test(name)) throw bad('Has a second ending in its name');
  const said = declared.split(';')[0]?.trim().toLowerCase();
  if (said !== kind) throw refused('The name of the file and its content type do not agree.');
  return kind;
}

/** Throws UNSUPPORTED_MEDIA_TYPE when the bytes are something else, INVALID_INPUT when they are that and something else. */
export async function requireKind(bytes: Buffer, kind: ContentType): Promise<void> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found?.mime !== kind) throw refused('What is in the file is not what its name says.');
  if (isTwofold(bytes, kind)) throw bad('Is two kinds of file at once');
}

/** Readers of PDF look for its head in so many first bytes, and browsers for HTML. */
const headBytes = 1_024;
/** ZIP's end of central directory with its longest comment (APPNOTE 4.3.16). */
const zipTailBytes = 65_557;
const markup = /<(?:!doctype|html|head|body|script|svg|iframe|\?php|\?xml-stylesheet)\b/i;

function isTwofold(bytes: Buffer, kind: ContentType): boolean {
  const head = bytes.subarray(0, headBytes);
  if (bytes.subarray(-zipTailBytes).includes('PK\u0005\u0006', 0, 'latin1')) return true;
  if (markup.test(head.toString('latin1'))) return true;
  if (kind !== 'application/pdf')
    return head.includes('%PDF-') || markup.test(afterImage(bytes, kind).toString('latin1'));
  return !bytes.subarray(0, 5).equals(Buffer.from('%PDF-')) || hasTail(bytes);
}

/** Whether anything but white space, and padding of a few bytes, follows the end of the PDF. */
function hasTail(bytes: Buffer): boolean {
  const end = bytes.lastIndexOf('%%EOF');
  return (
    end >= 0 &&
    bytes
      .subarray(end + 5)
      .toString('latin1')
      .replaceAll(/[\s\0]/g, '').length > 0
  );
}

/** What follows the last end of an image; cameras put more pictures there, and others a page. */
function afterImage(bytes: Buffer, kind: ContentType): Buffer {
  const end = kind === 'image/png' ? Buffer.from('IEND') : Buffer.of(0xff, 0xd9);
  const at = kind === 'image/png' ? bytes.indexOf(end) : bytes.lastIndexOf(end);
  return at < 0 ? Buffer.alloc(0) : bytes.subarray(at);
}

function refused(detail = 'Only PDF, JPEG and PNG files are taken.'): AppError {
  return new AppError('UNSUPPORTED_MEDIA_TYPE', detail);
}

/** A file that is refused for what it is. */
export function bad(message: string): AppError {
  return new AppError('INVALID_INPUT', 'This file is not taken. The reason stands in errors.', {
    faults: [{ path: 'file', message }],
  });
}
