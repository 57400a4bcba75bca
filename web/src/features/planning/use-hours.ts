import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Affected } from '../../api/scheduling.ts';
import { useClinicTime, useNow } from '../../ui/clinic-time.tsx';
import { isoDay } from '../../ui/time.ts';
import { useScheduling } from '../booking/use-scheduling.ts';

export function useRules(practitionerId: string) {
  const api = useScheduling();
  return useQuery({
    queryKey: ['hours', 'rules', practitionerId],
    queryFn: ({ signal }) => api.rules({ practitionerId, limit: 200 }, signal),
    enabled: practitionerId !== '',
  });
}

/** Leave and extra hours that are not over, the clinic's own among them. */
export function useExceptions(practitionerId: string) {
  const api = useScheduling();
  const from = isoDay(useClinicTime(), useNow(60_000));
  return useQuery({
    queryKey: ['hours', 'exceptions', practitionerId, from],
    queryFn: ({ signal }) => api.exceptions({ practitionerId, from, limit: 200 }, signal),
    enabled: practitionerId !== '',
  });
}

export function useRooms(locationId: string) {
  const api = useScheduling();
  return useQuery({
    queryKey: ['rooms', locationId],
    queryFn: ({ signal }) => api.rooms(locationId, signal),
    enabled: locationId !== '',
  });
}

export interface HoursChange {
  /** What the server is asked first: what each would do to booked visits. */
  previews: readonly Record<string, unknown>[];
  apply: () => Promise<unknown>;
  onDone?: () => void;
}

const add = (all: readonly Affected[]): Affected => ({
  affected: all.flatMap(({ affected }) => affected),
  affectedCount: all.reduce((sum, { affectedCount }) => sum + affectedCount, 0),
});

/** Changes hours: at once when no booked visit is touched, else after a question that names the visits. */
export function useChangeHours() {
  const api = useScheduling();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<{ change: HoursChange; affected: Affected } | null>(null);
  const apply = useMutation({
    mutationFn: (change: HoursChange) => change.apply(),
    onSuccess(_answer, change) {
      setAsked(null);
      change.onDone?.();
    },
    onSettled() {
      void queries.invalidateQueries({ queryKey: ['hours'] });
      void queries.invalidateQueries({ queryKey: ['slots'] });
    },
  });
  const look = useMutation({
    mutationFn: async (change: HoursChange) =>
      add(await Promise.all(change.previews.map((preview) => api.previewHours(preview)))),
    onSuccess(affected, change) {
      if (affected.affectedCount === 0) apply.mutate(change);
      else setAsked({ change, affected });
    },
  });
  return {
    change(change: HoursChange) {
      apply.reset();
      look.mutate(change);
    },
    isBusy: look.isPending || apply.isPending,
    error: look.error ?? apply.error,
    asked: asked?.affected ?? null,
    goOn() {
      if (asked !== null) apply.mutate(asked.change);
    },
    giveUp: () => setAsked(null),
  };
}
