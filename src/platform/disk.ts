/** Room for what is kept below DATA_DIR: without it the embedded database takes nothing more. */
import { statfs } from 'node:fs/promises';

/** PostgreSQL writes its log in files of 16 MB, of which it may want a second before the first is done with. */
const leastBytes = 32 * 1024 * 1024;

/** Rejects when there is less room than the embedded database needs. */
export async function requireRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const left = bavail * bsize;
  if (left < leastBytes)
    throw new Error(`There are ${left} bytes left where DATA_DIR is, of the ${leastBytes} needed.`);
}
