/** What a model wrote as people may see it: no pictures, no addresses to press, no HTML. Pure. */

/** More than anybody nests by chance; what takes longer is one that wants to get through, and loses its brackets. */
const mostRounds = 5;

/** Markdown's pictures and links keep their words; what is fetched or pressed is never of a model's choosing. */
export function plain(text: string): string {
  // PostgreSQL keeps no NUL, and nobody would see it.
  let before = text.replaceAll('\0', '');
  for (let round = 0; round < mostRounds; round += 1) {
    const after = once(before);
    if (after === before) return after.trim();
    before = after;
  }
  return before.replaceAll(/[<>[\]]/g, '').trim();
}

/** What is taken out may leave something of the same kind behind. */
function once(text: string): string {
  return text
    .replaceAll(/!\[([^\]]{0,500})\]\([^)]{0,2000}\)/g, '$1')
    .replaceAll(/\[([^\]]{0,500})\]\([^)]{0,2000}\)/g, '$1')
    .replaceAll(/\[([^\]]{0,500})\]:\s*\S+/g, '$1')
    .replaceAll(/<(https?:[^>\s]{0,2000})>/gi, '$1')
    .replaceAll(/<\/?[a-z][^>]{0,2000}>/gi, '');
}
