import { createContext, type PropsWithChildren, use, useCallback, useState } from 'react';

type Urgency = 'polite' | 'assertive';
type Announce = (text: string, urgency?: Urgency) => void;

const AnnounceContext = createContext<Announce | null>(null);

/** Says things to a screen reader that the eye sees for itself: somebody joined, the place in the queue, an end. */
export function AnnouncerProvider({ children }: PropsWithChildren) {
  const [said, setSaid] = useState<Record<Urgency, { text: string; turn: number }>>({
    polite: { text: '', turn: 0 },
    assertive: { text: '', turn: 0 },
  });
  const announce = useCallback<Announce>((text, urgency = 'polite') => {
    setSaid((before) => ({ ...before, [urgency]: { text, turn: before[urgency].turn + 1 } }));
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="visually-hidden">
        {/* The same sentence twice has to change the node, or it is not read again: hence the key. */}
        <output aria-live="polite">
          <span key={said.polite.turn}>{said.polite.text}</span>
        </output>
        <div role="alert" aria-live="assertive">
          <span key={said.assertive.turn}>{said.assertive.text}</span>
        </div>
      </div>
    </AnnounceContext>
  );
}

export function useAnnounce(): Announce {
  const announce = use(AnnounceContext);
  if (announce === null) throw new Error('There is no AnnouncerProvider above this.');
  return announce;
}
