/** Reads one file with a few fields beside it (RFC 7578), within limits that hold while it comes. */
import type { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import multer, { MulterError, type StorageEngine } from 'multer';
import { AppError } from '../errors.ts';

/** Where a file stays until it is known what it is. */
export interface FileSink {
  /** Keeps all of it; nothing when the source fails. */
  keep(bytes: Readable): Promise<KeptFile>;
}

export interface KeptFile {
  size: number;
  /** Of all bytes, in hex. */
  sha256: string;
  read(): AsyncIterable<Uint8Array>;
  /** Idempotent. */
  discard(): Promise<void>;
}

export interface ReceivedFile extends KeptFile {
  /** As the sender says, both. */
  name: string;
  type: string;
}

export interface FileRule {
  /** The name of its part. */
  field: string;
  minBytes: number;
  maxBytes: number;
  /** Who sends nothing for so many milliseconds is cut off. */
  patience: number;
  sink: FileSink;
}

export interface Multipart {
  fields: Record<string, unknown>;
  file: ReceivedFile;
}

/** What may stand around the file. */
const beside = 64_000;
const fieldLimits = { files: 1, fields: 10, parts: 11, fieldNameSize: 100, fieldSize: 2_000, headerPairs: 20 };

/**
 * The caller discards the file. Throws UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, MALFORMED or INVALID_INPUT, and then
 * nothing of it is left.
 */
export async function readMultipart(req: Request, res: Response, rule: FileRule): Promise<Multipart> {
  if (!req.is('multipart/form-data'))
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the file as multipart/form-data.');
  if (Number(req.headers['content-length'] ?? 0) > rule.maxBytes + beside) throw tooLarge(rule);
  const kept = await receive(req, res, rule);
  const fault = faultOf(kept, rule);
  if (kept && !fault) return { fields: { ...(req.body as object) }, file: kept };
  await kept?.discard();
  throw invalid(rule, fault ?? 'Is missing');
}

/** Settles when all has come, or at once when the sender is too slow or sends without end. */
function receive(req: Request, res: Response, rule: FileRule): Promise<ReceivedFile | undefined> {
  return new Promise((resolve, reject) => {
    const keeping = new Keeping(rule.sink);
    let settled = false;
    const fail = (error: AppError) => {
      if (settled) return;
      settled = true;
      stopWatching();
      // Once nothing is left of it.
      void keeping.giveUp(() => reject(error));
    };
    const stopWatching = watch(req, rule, (error) => {
      // The rest is not waited for: the connection goes as soon as the answer is out.
      res.setHeader('Connection', 'close');
      res.once('finish', () => req.socket.destroySoon());
      fail(error);
    });
    const limits = { ...fieldLimits, fileSize: rule.maxBytes };
    multer({ storage: keeping, limits, defParamCharset: 'utf8' }).single(rule.field)(req, res, (error: unknown) => {
      if (error || settled) return fail(asAppError(error, rule));
      settled = true;
      stopWatching();
      resolve(keeping.file);
    });
  });
}

/** What multer hands the file to. A form that breaks off leaves its stream open, so this one is told. */
class Keeping implements StorageEngine {
  readonly #sink: FileSink;
  #coming: { stream: Readable; kept: Promise<ReceivedFile> } | undefined;
  file: ReceivedFile | undefined;

  constructor(sink: FileSink) {
    this.#sink = sink;
  }

  _handleFile: StorageEngine['_handleFile'] = (_req, { stream, originalname: name, mimetype: type }, done) => {
    const kept = this.#sink.keep(stream).then((file) => ({ ...file, name, type }));
    this.#coming = { stream, kept };
    kept.then((file) => {
      this.file = file;
      done(null, { size: file.size });
    }, done);
  };

  /** By giveUp, which knows of it as well. */
  _removeFile: StorageEngine['_removeFile'] = (_req, _file, done) => done(null);

  /** Throws away what has come, then goes on. */
  async giveUp(next: () => void): Promise<void> {
    this.#coming?.stream.destroy(new Error('The form did not come whole.'));
    const [kept] = await Promise.allSettled(this.#coming ? [this.#coming.kept] : []);
    if (kept?.status === 'fulfilled') await kept.value.discard().catch(() => undefined);
    next();
  }
}

const looks = 4;

/**
 * By what the connection has brought: nobody's stream is touched for it. While it is we who do not take more, nobody is slow;
 * and looks that a busy process makes late count once.
 */
function watch(req: Request, { patience, maxBytes }: FileRule, onFault: (error: AppError) => void): () => void {
  const begun = req.socket.bytesRead;
  let [seen, quiet] = [begun, 0];
  const timer = setInterval(() => {
    const now = req.socket.bytesRead;
    quiet = now !== seen || req.isPaused() ? 0 : quiet + 1;
    seen = now;
    // Twice: what it drains after the limit, so that the answer can be read, has an end too.
    if (now - begun > 2 * (maxBytes + beside)) onFault(new AppError('PAYLOAD_TOO_LARGE'));
    else if (quiet >= looks) onFault(new AppError('MALFORMED', 'The file came too slowly and was cut off. Try again.'));
  }, patience / looks).unref();
  return () => clearInterval(timer);
}

function faultOf(file: ReceivedFile | undefined, { minBytes }: FileRule): string | undefined {
  if (!file) return 'Is missing';
  if (file.size === 0) return 'Is empty';
  return file.size < minBytes ? `Has fewer than ${minBytes} bytes` : undefined;
}

function asAppError(error: unknown, rule: FileRule): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof MulterError))
    return new AppError('MALFORMED', 'The form cannot be read, or did not come whole.', { cause: error });
  if (error.code === 'LIMIT_FILE_SIZE') return tooLarge(rule);
  if (error.code === 'LIMIT_FILE_COUNT' || error.code === 'LIMIT_UNEXPECTED_FILE')
    return invalid(rule, 'Send one file, in this field');
  return new AppError('MALFORMED', 'The form has more or longer fields than are taken here.');
}

function tooLarge({ maxBytes }: FileRule): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `A file may have up to ${maxBytes / 1_048_576} MB.`);
}

function invalid({ field }: FileRule, message: string): AppError {
  return new AppError('INVALID_INPUT', 'Correct the fields named in errors.', { faults: [{ path: field, message }] });
}
