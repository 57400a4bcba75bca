import { useCallback, useState } from 'react';

/** The two ways out of a call: leaving, which may be for a moment, and finishing, which is for both and for good. */
export function useExits() {
  const [asking, setAsking] = useState<'leave' | 'finish' | null>(null);
  return {
    asking,
    askLeave: useCallback(() => setAsking('leave'), []),
    askFinish: useCallback(() => setAsking('finish'), []),
    stay: useCallback(() => setAsking(null), []),
  };
}
