/** The few cryptographic steps that the server takes itself. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export function sha256(data: string | Uint8Array): Buffer<ArrayBuffer> {
  return createHash('sha256').update(data).digest();
}

/** Compares without telling by time how much was right. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

export function randomSecret(bytes = 32): Buffer<ArrayBuffer> {
  return randomBytes(bytes);
}
