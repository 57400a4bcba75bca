import { expect, test } from '@jest/globals';
import { sha256 } from '../../src/platform/crypto.ts';
import { newId } from '../../src/platform/ids.ts';
import { makeTenantToken, readTenantToken } from '../../src/platform/tenant-token.ts';

const ref = { tenantId: newId(), id: newId() };

test('a token says whose row it belongs to, and its hash is of all of it', () => {
  const token = makeTenantToken('hcx_', ref);
  expect(readTenantToken('hcx_', token)).toEqual({ ...ref, hash: sha256(token) });
  expect(token).toMatch(/^hcx_[\w-]{86}$/);
});

test('no two are alike, though they belong to one row', () => {
  expect(makeTenantToken('hcx_', ref)).not.toBe(makeTenantToken('hcx_', ref));
});

test('what is of another kind or another form is none', () => {
  const token = makeTenantToken('hcx_', ref);
  for (const bad of [
    '',
    'hcx_',
    token.slice(0, -2),
    `${token}AA`,
    token.replace('hcx_', 'hcy_'),
    `hcx_${'!'.repeat(86)}`,
  ]) {
    expect(readTenantToken('hcx_', bad)).toBeUndefined();
  }
});
