import { useMemo } from 'react';
import { createSchedulingApi, type SchedulingApi } from '../../api/scheduling.ts';
import { useServices } from '../../services.tsx';

/** Doctors, services, free times and appointments. */
export function useScheduling(): SchedulingApi {
  const { session } = useServices();
  return useMemo(() => createSchedulingApi(session), [session]);
}
