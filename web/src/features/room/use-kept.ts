import { useState } from 'react';

/** A yes or no of the person's, kept on this device. */
export function useKept(key: string, before: boolean): [boolean, (on: boolean) => void] {
  const [isOn, setOn] = useState(() => read(key, before));
  function set(on: boolean) {
    setOn(on);
    try {
      localStorage.setItem(key, on ? 'on' : 'off');
    } catch {
      // A browser that keeps nothing forgets it with the page.
    }
  }
  return [isOn, set];
}

function read(key: string, before: boolean): boolean {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? before : kept === 'on';
  } catch {
    return before;
  }
}
