/** What a model wrote as people may see it: no pictures, no addresses to press, no HTML. Pure. */

/** Markdown's pictures and links keep their words; what is fetched or pressed is never of a model's choosing. */
export function plain(text: string): string {
  return text
    .replaceAll(/!\[([^\]]{0,500})\]\([^)]{0,2000}\)/g, '$1')
    .replaceAll(/\[([^\]]{0,500})\]\([^)]{0,2000}\)/g, '$1')
    .replaceAll(/\[([^\]]{0,500})\]:\s*\S+/g, '$1')
    .replaceAll(/<(https?:[^>\s]{0,2000})>/gi, '$1')
    .replaceAll(/<\/?[a-z][^>]{0,2000}>/gi, '')
    .trim();
}
