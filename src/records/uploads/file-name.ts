/** The name of a file as it is shown: what deceives the eye is taken out. It is never a part of a path. */

const longest = 120;
/** Marks that turn or hide text (Unicode's bidirectional controls, joiners at the wrong place, and the like). */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What means something to a file system somewhere. */
const special = /[<>:"|?*\\/]/g;

/** `ending` without its dot is what the file is; other endings of the same kind are kept. Never empty. */
export function shownName(name: string, ending: string): string {
  const last = name.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const clean = last.normalize('NFC').replaceAll(invisible, '').replaceAll(special, '_').replaceAll(/\s+/g, ' ').trim();
  const [, stem = '', own = ending] = /^(.*)\.([a-z0-9]+)$/i.exec(clean) ?? ['', clean];
  const short = Array.from(stem.replace(/^[.\s]+/, ''))
    .slice(0, longest)
    .join('')
    .trim();
  return `${short || 'file'}.${own.toLowerCase()}`;
}
