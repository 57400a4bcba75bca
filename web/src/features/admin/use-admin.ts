import { useMemo } from 'react';
import { createAdminApi } from '../../api/admin.ts';
import { useServices } from '../../services.tsx';

export function useAdminApi() {
  const { session } = useServices();
  return useMemo(() => createAdminApi(session), [session]);
}
