import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/problem.ts';
import type { Appointment } from '../../api/scheduling.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { stamp } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import { missedTime } from '../booking/confirm-step.tsx';
import { keepAppointment } from '../booking/use-appointment.ts';
import { useScheduling } from '../booking/use-scheduling.ts';
import { isDesk } from './planning-page.tsx';

export interface Moving {
  appointment: Appointment;
  startsAt: string;
  /** Outside of hours as well. */
  force?: boolean;
  /** It is put back where it was. */
  isUndo?: boolean;
}

export type MoveNews =
  | { kind: 'moved'; text: string; undo: Moving | null }
  | { kind: 'refused'; text: string; error: unknown }
  | { kind: 'outside'; text: string; moving: Moving };

/** Moves a visit: says what became of it, how to take it back, and why not when not. */
export function useMove() {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const time = useClinicTime();
  const desk = isDesk(useUser());
  const [news, setNews] = useState<MoveNews | null>(null);
  const move = useMutation({
    mutationFn: ({ appointment: { id, version }, startsAt, force = false }: Moving) =>
      api.move(id, { startsAt, version, ...(force && { overrideHours: true }) }),
    onSuccess(moved, { appointment, isUndo = false }) {
      keepAppointment(queries, moved);
      const words = { patient: moved.patientName, when: stamp(time, moved.startsAt) };
      const text = t(isUndo ? 'calendar.undone' : 'calendar.moved', words);
      // Where it was may be outside of hours too: the desk put it there, or the hours have changed.
      const undo = isUndo ? null : { appointment: moved, startsAt: appointment.startsAt, force: desk, isUndo: true };
      setNews({ kind: 'moved', text, undo });
      announce(text);
    },
    onError(error, moving) {
      void queries.invalidateQueries({ queryKey: ['appointments'] });
      const words = { patient: moving.appointment.patientName, when: stamp(time, moving.startsAt) };
      const missed = missedTime(error);
      if (missed === 'notOffered' && desk) {
        setNews({ kind: 'outside', text: t('calendar.outside', words), moving: { ...moving, force: true } });
        return;
      }
      const isStale = error instanceof ApiError && error.code === 'CONFLICT';
      const key = missed === 'taken' ? 'taken' : missed === 'notOffered' ? 'outsideDoctor' : isStale ? 'tooLate' : null;
      setNews({ kind: 'refused', text: key === null ? '' : t(`calendar.${key}`, words), error });
    },
  });
  return { news, forget: () => setNews(null), isMoving: move.isPending, move: move.mutate };
}
