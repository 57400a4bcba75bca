/** Which browser somebody sits in front of, to tell them where its own buttons are. Never to decide what it can do. Pure. */

export type BrowserName = 'chrome' | 'edge' | 'firefox' | 'safari' | 'ios' | 'android' | 'firefoxAndroid' | 'other';

/** From `navigator.userAgent`; an iPad calls itself a Mac, and is told by its touch screen. */
export function browserName(userAgent: string, maxTouchPoints: number): BrowserName {
  const has = (word: string) => userAgent.includes(word);
  // On an iPhone every browser is Safari inside, and is allowed in the same places.
  if (/iPhone|iPad|iPod/.test(userAgent) || (has('Macintosh') && maxTouchPoints > 1)) return 'ios';
  if (has('Android')) return has('Firefox/') ? 'firefoxAndroid' : 'android';
  if (has('Firefox/')) return 'firefox';
  if (has('Edg/')) return 'edge';
  if (has('Chrome/') || has('Chromium/')) return 'chrome';
  return has('Safari/') ? 'safari' : 'other';
}
