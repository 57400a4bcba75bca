import { useMemo } from 'react';
import { createAccountApi } from '../../api/account.ts';
import { useServices } from '../../services.tsx';

export function useAccountApi() {
  const { session } = useServices();
  return useMemo(() => createAccountApi(session), [session]);
}
