/** Secrets that are none: known to everybody who has read this repository, or easily guessed. */

/** What stands in our own examples, tests and demo: whoever can read can use it. */
const published: ReadonlySet<string> = new Set([
  'Housecall-Demo-1',
  'Test-Password-1',
  'a secret for tests, of no use to anybody',
  'a secret for measurements, of no use to anybody',
  'a secret that is long enough, surely',
  'another secret that is long enough as well',
]);

const placeholder =
  /change[-_ .]?(me|this|it)|replace[-_ .]?(me|this|with)|place[-_ ]?holder|example|default|insecure|secret[-_ ]?(key|value)|pass[-_]?(word|phrase)|development|do[-_ ]not[-_ ]use|no use to anybody/i;

/** Words so short that random letters make them now and then: they count where they stand as words do. */
const shortPlaceholder = /(?<![A-Za-z])((dummy|Dummy|DUMMY)(?![A-Za-z])|(your|Your|YOUR)[-_ ])/;

/** Half of what 32 characters of random hex have: no honest random text comes near it. */
const fewestBits = 64;

/** Says why nobody should rely on `secret`, or nothing when it looks random enough. Never repeats it. */
export function weaknessOf(secret: string): string | undefined {
  if (published.has(secret)) return 'is published with Housecall';
  if (placeholder.test(secret) || shortPlaceholder.test(secret)) return 'is a placeholder';
  if (repeats(secret) || runs(secret) || bitsOf(secret) < fewestBits) return 'is too easily guessed';
  return undefined;
}

/** Whether it is a shorter text over and over. */
function repeats(text: string): boolean {
  // A text that occurs in its own double at another place than its ends is periodic.
  const period = `${text}${text}`.indexOf(text, 1);
  if (period < text.length) return true;
  const unit = /^(.{1,16}?)\1{2,}/s.exec(text);
  return unit !== null && unit[0].length > text.length / 2;
}

/** Whether most of it goes on by one step, as in `abcdef` or `987654`. */
function runs(text: string): boolean {
  let steps = 0;
  for (let at = 2; at < text.length; at += 1) {
    const step = text.charCodeAt(at) - text.charCodeAt(at - 1);
    if (Math.abs(step) <= 1 && step === text.charCodeAt(at - 1) - text.charCodeAt(at - 2)) steps += 1;
  }
  return steps > text.length / 2;
}

/** Shannon's entropy of its characters times its length: an upper bound of what guessing it costs. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / text.length);
  return bits;
}
