import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/problem.ts';
import type { VisitNote } from '../../api/visit-law.ts';
import { useLawApi } from '../law/use-law.ts';

/** How long after the last key it is saved, and how long after a failure it is tried again. */
const pauseMs = 1_200;
const againMs = 4_000;

export type Saving = 'saved' | 'saving' | 'unsaved' | 'elsewhere';

/** A note that saves itself while it is written, one save at a time. */
export function useNote(first: VisitNote) {
  const api = useLawApi();
  const [note, setNote] = useState(first);
  const [text, setText] = useState(first.text);
  const [state, setState] = useState<Saving>('saved');
  const [turn, setTurn] = useState(0);
  const isBusy = useRef(false);
  const isDirty = text !== note.text;
  useEffect(() => {
    if (!isDirty || state === 'elsewhere' || isBusy.current) return;
    const later = setTimeout(
      () => {
        isBusy.current = true;
        setState('saving');
        api
          .saveNote(note.meetingId, { text, version: note.version })
          .then((kept) => {
            setNote(kept);
            setState('saved');
          })
          .catch((error: unknown) => {
            const isConflict = error instanceof ApiError && error.code === 'CONFLICT';
            setState(isConflict ? 'elsewhere' : 'unsaved');
          })
          .finally(() => {
            isBusy.current = false;
            setTurn((before) => before + 1);
          });
      },
      state === 'unsaved' ? againMs : pauseMs,
    );
    return () => clearTimeout(later);
    // oxlint-disable-next-line react/exhaustive-deps -- `state` follows from these; `turn` asks again after each answer.
  }, [text, note, turn]);
  return { note, text, state, isDirty, write: setText, replace: setNote };
}
