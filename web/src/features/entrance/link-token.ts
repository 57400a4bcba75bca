/** The token of a mailed link: behind `#token=`, then in the history entry. Pure. */

const form = /^[\w.-]{1,200}$/;

export function tokenInHash(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token');
  return token !== null && form.test(token) ? token : null;
}

export function tokenInIntent(intent: unknown): string | null {
  if (typeof intent !== 'object' || intent === null || !('token' in intent)) return null;
  return typeof intent.token === 'string' ? intent.token : null;
}
