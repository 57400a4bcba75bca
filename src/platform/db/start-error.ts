/** Why the database cannot be used: one line for whoever starts the server, without a password in it. */
export class DatabaseStartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseStartError';
  }
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'it lies below a file',
  EEXIST: 'it is not a folder',
};

/** Says what is wrong with a folder where the system said only a code; other errors stay as they are. */
export function folderError(folder: string, error: unknown): unknown {
  const reason = reasons[codeOf(error)];
  return reason ? new DatabaseStartError(`${folder} cannot be used: ${reason}.`, { cause: error }) : error;
}

/** The code that the system or a library put on an error (`ENOENT`, `28P01`), or nothing. */
export function codeOf(error: unknown): string {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
