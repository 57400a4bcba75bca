/** The store in a bucket that speaks S3. */
import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { BlobMissing, type BlobStore, requireKey } from './store.ts';

export interface S3Options {
  bucket: string;
  region: string;
  /** For a store that is not Amazon's. */
  endpoint?: string | undefined;
  /** The bucket stands in the path and not in the host's name. */
  pathStyle: boolean;
  accessKeyId: string;
  secretAccessKey: string;
}

const attempts = 3;
const connectMs = 5_000;
const answerMs = 30_000;

export function openS3Store({
  bucket,
  accessKeyId,
  secretAccessKey,
  endpoint,
  pathStyle,
  region,
}: S3Options): BlobStore {
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint }),
    forcePathStyle: pathStyle,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: connectMs, requestTimeout: answerMs },
    // Not every store knows the newer checksums; what is kept carries its own (GCM).
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return {
    async put(key, bytes) {
      const params = { Bucket: bucket, Key: requireKey(key), Body: Readable.from(bytes, { objectMode: false }) };
      // In parts, of which a few are in memory at a time; they are taken back when one fails.
      await new Upload({ client, params, queueSize: 1, leavePartsOnError: false }).done();
    },
    async get(key, range) {
      const within = range && { Range: `bytes=${range.start}-${range.end}` };
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: requireKey(key), ...within }));
        if (Body instanceof Readable) return Body;
      } catch (cause) {
        if (cause instanceof NoSuchKey) throw new BlobMissing({ cause });
        throw cause;
      }
      throw new Error('The store answered without a body.');
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: requireKey(key) }));
    },
    close: async () => client.destroy(),
  };
}
