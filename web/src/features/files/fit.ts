/** Whether a file can be sent at all, said before a minute is spent on sending it. The server looks again. */

/** As src/records/uploads/routes.ts takes them. */
const leastBytes = 100;
export const mostBytes = 5 * 1_048_576;

const typeOfEnding: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
};
export const acceptedTypes = 'application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png';

export type UnfitReason = 'kind' | 'empty' | 'small' | 'large';

export class Unfit extends Error {
  readonly reason: UnfitReason;

  constructor(reason: UnfitReason) {
    super(reason);
    this.name = 'Unfit';
    this.reason = reason;
  }
}

/** Makes a picture smaller that is too large; null when this browser cannot. */
export type Shrink = (picture: File) => Promise<File | null>;

/** The file as it is sent. Throws Unfit. */
export async function fitted(file: File, shrink: Shrink): Promise<File> {
  const type = typeOfEnding[/\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? ''];
  if (type === undefined) throw new Unfit('kind');
  if (file.size === 0) throw new Unfit('empty');
  if (file.size < leastBytes) throw new Unfit('small');
  // Some systems do not know the type of a file that they have; the ending says it as well.
  const typed = file.type === '' ? new File([file], file.name, { type }) : file;
  if (typed.size <= mostBytes) return typed;
  const smaller = type === 'application/pdf' ? null : await shrink(typed);
  if (smaller === null || smaller.size > mostBytes) throw new Unfit('large');
  return smaller;
}
