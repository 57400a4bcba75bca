export { openDiskStore } from './disk.ts';
export { openS3Store, type S3Options } from './s3.ts';
export { BlobMissing, type BlobStore } from './store.ts';
