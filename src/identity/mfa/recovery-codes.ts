/** Codes for the day on which the phone is lost: each is good once, and kept only as a hash. */
import { randomSecret, sha256 } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/db/scope.ts';
import { newId } from '../../platform/ids.ts';

const howMany = 10;
/** Crockford's base32: no letter that is taken for a digit. 16 of them are 80 random bits, which nobody guesses. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;

interface Owner {
  tenantId: string;
  userId: string;
}

/** Gives a person a new set in the clear, for the only time; the old set is worth nothing any more. */
export async function replaceRecoveryCodes(tx: Tx, owner: Owner): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newCode);
  await tx.recoveryCode.deleteMany({ where: owner });
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ id: newId(), ...owner, hash: hashOf(code) })) });
  return codes;
}

/** Uses a code up. False when it is none of theirs, or was used before; of two uses at once one is true. */
export async function useRecoveryCode(tx: Tx, owner: Owner, code: string, now: Date): Promise<boolean> {
  const used = await tx.recoveryCode.updateMany({
    where: { ...owner, hash: hashOf(code), usedAt: null },
    data: { usedAt: now },
  });
  return used.count === 1;
}

export function countRecoveryCodes(tx: Tx, owner: Owner): Promise<number> {
  return tx.recoveryCode.count({ where: { ...owner, usedAt: null } });
}

function newCode(): string {
  const code = [...randomSecret(length)].map((byte) => letters.charAt(byte % letters.length)).join('');
  return code.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** However it is typed: case, dashes and spaces do not count, and a letter that looks like a digit is that digit. */
function hashOf(code: string): Buffer<ArrayBuffer> {
  const plain = code.toUpperCase().replaceAll(/[\s-]/g, '');
  return sha256(plain.replaceAll('O', '0').replaceAll(/[IL]/g, '1'));
}
