/** Why a file was not taken, as a word of the catalogue. Pure. */
import { ApiError } from '../../api/problem.ts';
import { Unfit, type UnfitReason } from './fit.ts';

export type Refusal =
  | UnfitReason
  | 'disagrees'
  | 'content'
  | 'twofold'
  | 'second'
  | 'damaged'
  | 'encrypted'
  | 'script'
  | 'launch'
  | 'embedded'
  | 'heavy'
  | 'picture'
  | 'pixels'
  | 'slow'
  | 'scanner'
  | 'patient';

/** What the server says of a file (src/records/uploads, src/platform/http/multipart.ts), by how it begins. */
const said: readonly (readonly [string, Refusal])[] = [
  ['Only PDF, JPEG and PNG', 'kind'],
  ['The name of the file and its content type', 'disagrees'],
  ['What is in the file is not', 'content'],
  ['Is two kinds of file', 'twofold'],
  ['Has a second ending', 'second'],
  ['Is empty', 'empty'],
  ['Has fewer than', 'small'],
  ['Cannot be read as a PDF', 'damaged'],
  ['Is encrypted', 'encrypted'],
  ['Holds a script', 'script'],
  ['Starts a program', 'launch'],
  ['Has another file inside', 'embedded'],
  ['Takes too long to look through', 'heavy'],
  ['Cannot be read as a picture', 'picture'],
  ['Has more than', 'pixels'],
  ['The file came too slowly', 'slow'],
  ['This clinic takes no files without', 'scanner'],
  ['There is no such patient', 'patient'],
  ['You do not treat this patient', 'patient'],
];

/** Null when it has nothing to do with the file: the general words are right then. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Unfit) return error.reason;
  if (!(error instanceof ApiError)) return null;
  if (error.code === 'PAYLOAD_TOO_LARGE') return 'large';
  const texts = [error.message, ...error.faults.map(({ message }) => message)];
  return said.find(([beginning]) => texts.some((text) => text.startsWith(beginning)))?.[1] ?? null;
}
