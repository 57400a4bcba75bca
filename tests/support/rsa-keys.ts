/** RSA keys for tests, made once a process: making one takes a tenth of a second and more. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface TestPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** PKCS#8. */
  pem: string;
}

const made: TestPair[] = [];

/** The same one for the same number. */
export function testPair(number: number): TestPair {
  const found = made[number];
  if (found) return found;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const pair = { privateKey, publicKey, pem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
  made[number] = pair;
  return pair;
}
