import { useEffect } from 'react';
import { type Deed, deedOf, takesLetters } from './shortcuts.ts';
import { useKept } from './use-kept.ts';

/** Whether single keys do something; kept on this device. */
export function useShortcutsSwitch() {
  return useKept('housecall.shortcuts', true);
}

/** Does what a key asks for while nobody writes. */
export function useShortcuts(isOn: boolean, deeds: Partial<Record<Deed, () => void>>): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const deed = deedOf(event);
      if (deed === null || !isOn || takesLetters(event.target)) return;
      const run = deeds[deed];
      if (run === undefined) return;
      event.preventDefault();
      run();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOn, deeds]);
}
