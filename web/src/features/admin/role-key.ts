/** A role's key from its name: `Triage nurse` gives `triage-nurse`. What has no Latin letter gives a key of its own. Pure. */
export function keyOfName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replaceAll(/-+$/g, '');
  return plain.length < 2 ? `role-${plain}`.replaceAll(/-+$/g, '') : plain;
}
