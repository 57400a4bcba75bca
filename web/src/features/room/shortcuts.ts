/** Which key does what in a call. Pure. Single keys can be switched off (WCAG 2.1, criterion 2.1.4). */

export const shortcuts = [
  { key: 'm', does: 'mute' },
  { key: 'v', does: 'camera' },
  { key: 'c', does: 'chat' },
  { key: 's', does: 'screen' },
  { key: 'p', does: 'float' },
  { key: 'f', does: 'fullScreen' },
  { key: 'l', does: 'leave' },
  { key: 'e', does: 'finish' },
  { key: '?', does: 'help' },
] as const;

export type Deed = (typeof shortcuts)[number]['does'];

interface Pressed {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  repeat: boolean;
  defaultPrevented: boolean;
}

/** What a key asks for; null for every other one, and for the browser's and the system's own combinations. */
export function deedOf(event: Pressed): Deed | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented) return null;
  const key = event.key.toLowerCase();
  return shortcuts.find((one) => one.key === key)?.does ?? null;
}

/** True where letters are for writing. */
export function takesLetters(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, dialog[open]') !== null;
}
